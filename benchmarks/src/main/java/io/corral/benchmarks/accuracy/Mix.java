package io.corral.benchmarks.accuracy;

import static io.corral.benchmarks.accuracy.Part.blocking;
import static io.corral.benchmarks.accuracy.Part.busy;
import static io.corral.benchmarks.accuracy.Part.either;

import java.util.List;
import java.util.SplittableRandom;

/** Containers of known demand: each is a way for an estimate of the split to go wrong. */
enum Mix {
    BUSY_5("all busy, units of 5 us", busy("a", 1, 5), busy("b", 3, 5)),
    BUSY_40("all busy, units of 40 us", busy("a", 1, 40), busy("b", 3, 40)),
    BUSY_1000("all busy, units of 1 ms", busy("a", 1, 1_000), busy("b", 3, 1_000)),
    PARKED("20 us busy and 1 ms parked", blocking("a", 1, 20, 1_000), blocking("b", 3, 20, 1_000)),
    BLOCKED("10 us busy and 30 us blocked; 40 us busy", blocking("a", 1, 10, 30), busy("b", 1, 40)),
    EITHER("5 us busy or 45 us blocked", either("a", 1, 5, 45, 0.2), either("b", 1, 5, 45, 0.7)),
    UNEVEN(
            "70 % 10 us busy, 30 % 300 us blocked; 10 us busy",
            either("a", 1, 10, 300, 0.3), busy("b", 1, 10)),
    CROWDED(
            "twice as many busy threads as cores",
            busy("a", 8, 5),
            busy("b", 2, 40),
            busy("c", 1, 200)),
    RARE(
            "a rare container among busy ones",
            busy("a", 49, 10),
            busy("b", 50, 10),
            busy(Mix.RARELY, 1, 10)),
    IDLING("a carrier idles briefly between threads", busy("a", 1, 5), busy("b", 1, 15));

    /** The container of which there is little, so that its own error counts too. */
    static final String RARELY = "rare";

    final String title;

    /** A copy that nobody can change. */
    @SuppressWarnings("ImmutableEnumChecker")
    final List<Part> parts;

    Mix(String title, Part... parts) {
        this.title = title;
        this.parts = List.of(parts);
    }

    /** Of platform threads; as many as keep the cores busy, unless the mix is about something else. */
    int threads(int cores) {
        return switch (this) {
            case PARKED -> 16 * cores;
            case CROWDED -> 2 * cores;
            default -> cores;
        };
    }

    /**
     * Whether there are few units in a second, too few for the compilers, and for an average: where threads
     * or their carrier wait, and of a rare container.
     */
    boolean isSparse() {
        return this == IDLING || this == RARE || blocks();
    }

    private boolean blocks() {
        return parts.stream().anyMatch(part -> part.meanBlockedMicros() > 0);
    }

    int weight() {
        return parts.stream().mapToInt(Part::weight).sum();
    }

    /** The index of the part whose turn it is. */
    int next(SplittableRandom random) {
        int at = random.nextInt(weight());
        int index = 0;
        while (at >= parts.get(index).weight()) {
            at -= parts.get(index).weight();
            index++;
        }
        return index;
    }

    /** How many units take about as long as that, a wait taking {@code extraMicros} longer than asked. */
    long units(long micros, int threads, int cores, int extraMicros) {
        double busy = 0;
        double blocked = 0;
        for (Part part : parts) {
            double share = (double) part.weight() / weight();
            busy += share * (part.meanBusyMicros() + 1);
            double odds = part.usual().blockedMicros() > 0 ? 1 : part.odds();
            blocked += share * (part.meanBlockedMicros() + odds * extraMicros);
        }
        return (long) (micros / Math.max(busy / cores, (busy + blocked) / threads));
    }
}
