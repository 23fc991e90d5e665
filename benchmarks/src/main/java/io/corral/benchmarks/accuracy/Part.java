package io.corral.benchmarks.accuracy;

import java.util.SplittableRandom;

/**
 * A container's part in a mix.
 *
 * @param weight how often its turn comes, among the weights of the mix; where threads live in containers
 *     how many do
 * @param usual what most of its units are
 * @param other what the rest are
 * @param odds of the other, from 0 to 1
 */
record Part(String container, int weight, Unit usual, Unit other, double odds) {

    /**
     * A piece of work: CPU time, then a wait.
     *
     * @param busyMicros microseconds of CPU time, about
     * @param blockedMicros microseconds of waiting that are asked for; the kernel adds some
     */
    record Unit(int busyMicros, int blockedMicros) {}

    static Part busy(String container, int weight, int micros) {
        return blocking(container, weight, micros, 0);
    }

    static Part blocking(String container, int weight, int busyMicros, int blockedMicros) {
        Unit always = new Unit(busyMicros, blockedMicros);
        return new Part(container, weight, always, always, 0);
    }

    /** Units that are either busy or blocked. */
    static Part either(
            String container, int weight, int busyMicros, int blockedMicros, double oddsOfBlocked) {
        return new Part(
                container,
                weight,
                new Unit(busyMicros, 0),
                new Unit(0, blockedMicros),
                oddsOfBlocked);
    }

    Unit next(SplittableRandom random) {
        return odds > 0 && random.nextDouble() < odds ? other : usual;
    }

    double meanBusyMicros() {
        return usual.busyMicros() * (1 - odds) + other.busyMicros() * odds;
    }

    double meanBlockedMicros() {
        return usual.blockedMicros() * (1 - odds) + other.blockedMicros() * odds;
    }
}
