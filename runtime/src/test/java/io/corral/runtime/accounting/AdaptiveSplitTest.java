package io.corral.runtime.accounting;

import static io.corral.runtime.accounting.SimulatedMix.either;
import static io.corral.runtime.accounting.SimulatedMix.of;
import static io.corral.runtime.accounting.SimulatedMix.part;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.accounting.SimulatedMix.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each account is charged what was used for it, although most short stays are not measured, whether
 * they work, wait or are preempted. Time is simulated, so other load has no effect.
 */
class AdaptiveSplitTest {

    private static final long SECONDS = 1_000_000_000;
    private static final long LENGTH_NANOS = 20 * SECONDS;
    private static final long SHORT_NANOS = 2 * SECONDS;
    private static final long SEED = 1;

    /** The error allowed for an account, in per cent of all CPU time. */
    private static final double LIMIT = 1;

    /** The error allowed for the rare account, in per cent of its own CPU time. */
    private static final double RARE_LIMIT = 5;

    /**
     * The error allowed under exact: the CPU time of a switch itself may be charged to either
     * account.
     */
    private static final double EXACT_LIMIT = 0.1;

    private static final int PREEMPTED_EVERY_MICROS = 6_000;

    private static final SimulatedMix RARE =
            of("a rare account among busy ones", part(49, 10, 0), part(50, 10, 0), part(1, 10, 0));
    private static final int RARELY = 2;

    private static final List<SimulatedMix> MIXES = List.of(
            of("all busy, units of 5 us", part(1, 5, 0), part(3, 5, 0)),
            of("all busy, units of 40 us", part(1, 40, 0), part(3, 40, 0)),
            of("all busy, units of 1 ms", part(1, 1_000, 0), part(3, 1_000, 0)),
            of("20 us busy and 1 ms parked", part(1, 20, 1_000), part(3, 20, 1_000)),
            of("10 us busy and 30 us blocked; 40 us busy", part(1, 10, 30), part(1, 40, 0)),
            of(
                    "5 us busy or 45 us blocked",
                    either(1, new Unit(5, 0), new Unit(0, 45), 0.2),
                    either(1, new Unit(5, 0), new Unit(0, 45), 0.7)),
            of(
                    "9 us busy or 15 us blocked; 10 us busy",
                    either(1, new Unit(9, 0), new Unit(0, 15), 0.5),
                    part(1, 10, 0)),
            of(
                    "70% 10 us busy, 30% 300 us blocked; 10 us busy",
                    either(1, new Unit(10, 0), new Unit(0, 300), 0.3), part(1, 10, 0)),
            of("5 us, 40 us and 200 us busy", part(8, 5, 0), part(2, 40, 0), part(1, 200, 0)),
            of(
                    "a carrier idles for 5 or 30 us between units",
                    either(1, new Unit(5, 5), new Unit(5, 30), 0.5),
                    either(1, new Unit(15, 5), new Unit(15, 30), 0.5)),
            RARE);

    static Stream<SimulatedMix> mixes() {
        List<SimulatedMix> mixes = new ArrayList<>(MIXES);
        MIXES.forEach(mix -> mixes.add(mix.preempted(PREEMPTED_EVERY_MICROS)));
        return mixes.stream();
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void cpuTimeOfAThreadThatReturnsHomeIsSplitCorrectly(SimulatedMix mix) {
        assertSplit(mix, run(mix, true, ClockPolicy.ADAPTIVE), LIMIT);
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void cpuTimeOfACarrierIsSplitCorrectly(SimulatedMix mix) {
        assertSplit(mix, run(mix, false, ClockPolicy.ADAPTIVE), LIMIT);
    }

    /** Checks the simulation itself. */
    @ParameterizedTest
    @MethodSource("mixes")
    void cpuTimeIsSplitExactlyIfEachSwitchReadsTheClock(SimulatedMix mix) {
        assertSplit(mix, run(mix, true, ClockPolicy.EXACT), EXACT_LIMIT);
    }

    private static SimulatedSplit run(SimulatedMix mix, boolean isScoped, ClockPolicy policy) {
        SimulatedSplit split = new SimulatedSplit(mix, isScoped, policy, SEED);
        split.run(policy == ClockPolicy.EXACT ? SHORT_NANOS : LENGTH_NANOS);
        return split;
    }

    private static void assertSplit(SimulatedMix mix, SimulatedSplit split, double limit) {
        assertThat(IntStream.range(0, split.accounts())
                        .mapToDouble(split::error)
                        .boxed())
                .as("errors in %% of all: %s", text(split))
                .allMatch(error -> Math.abs(error) < limit);
        if (mix.parts().equals(RARE.parts())) {
            assertThat(Math.abs(split.ownError(RARELY))).isLessThan(RARE_LIMIT);
        }
    }

    private static String text(SimulatedSplit split) {
        return IntStream.range(0, split.accounts())
                .mapToObj(account -> String.format("%+.2f", split.error(account)))
                .collect(joining(", "));
    }
}
