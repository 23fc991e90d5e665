package io.corral.runtime.accounting;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What a simulated thread does for several accounts.
 *
 * @param sliceMicros from one preemption to the next, in CPU time; 0 for never
 */
record SimulatedMix(String title, int sliceMicros, List<Part> parts) {

    /**
     * The work for one account.
     *
     * @param weight how often it has its turn, in proportion to the weights of the others
     * @param oddsOfOther from 0 to 1
     */
    record Part(int weight, Unit usual, Unit other, double oddsOfOther) {

        Unit next(SplittableRandom random) {
            return random.nextDouble() < oddsOfOther ? other : usual;
        }
    }

    /** CPU time and then a wait, each give or take a fifth. */
    record Unit(int busyMicros, int blockedMicros) {

        void on(SimulatedTime time, SplittableRandom random) {
            time.use(about(busyMicros, random));
            time.block(about(blockedMicros, random));
        }

        private static long about(int micros, SplittableRandom random) {
            return (long) (micros * 1_000 * random.nextDouble(0.8, 1.2));
        }
    }

    static SimulatedMix of(String title, Part... parts) {
        return new SimulatedMix(title, 0, List.of(parts));
    }

    SimulatedMix preempted(int everyMicros) {
        return new SimulatedMix(title + ", preempted", everyMicros, parts);
    }

    static Part part(int weight, int busyMicros, int blockedMicros) {
        Unit always = new Unit(busyMicros, blockedMicros);
        return new Part(weight, always, always, 0);
    }

    static Part either(int weight, Unit usual, Unit other, double oddsOfOther) {
        return new Part(weight, usual, other, oddsOfOther);
    }

    /** The index of the part that has the next turn. */
    int next(SplittableRandom random) {
        int at = random.nextInt(parts.stream().mapToInt(Part::weight).sum());
        int index = 0;
        while (at >= parts.get(index).weight()) {
            at -= parts.get(index).weight();
            index++;
        }
        return index;
    }

    @Override
    public String toString() {
        return title;
    }
}
