package io.corral.benchmarks;

import io.corral.benchmarks.slices.Work;

import java.io.IOException;
import java.util.List;

/**
 * What the hooks at a platform thread's start and end cost together: its life with Corral less its
 * life with the empty agent, which is a hundredth of a life.
 */
final class PlatformRows {

    private static final double HOOK_PAIR_NANOS = 1_500;

    /** The empty agent twice: what is between the two is chance. */
    private static final List<Variant> VARIANTS =
            List.of(Variant.EMPTY, Variant.EMPTY, Variant.EXACT, Variant.ADAPTIVE);

    private final InTurns inTurns;
    private final int launches;
    private final Rows rows;

    PlatformRows(InTurns inTurns, int launches, Rows rows) {
        this.inTurns = inTurns;
        this.launches = launches;
        this.rows = rows;
    }

    void measure() throws IOException {
        List<Sample> lives = inTurns.measure(launches, Work.PLATFORM_LIFE, VARIANTS);
        Sample base = lives.get(0);
        String what = "platform thread, start to end, ";
        rows.show(what + "empty agent", base, "ns");
        rows.show(what + "its twin less it", lives.get(1).less(base), "ns");
        for (int j = 2; j < lives.size(); j++) {
            rows.atMost(
                    HOOK_PAIR_NANOS,
                    what + VARIANTS.get(j) + " less the empty agent",
                    lives.get(j).less(base),
                    "ns");
        }
    }
}
