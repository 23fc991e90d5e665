package io.corral.runtime.api;

import java.time.Duration;

/** Durations that the API takes. */
final class Durations {

    private Durations() {}

    /** The nanoseconds of a duration; {@code Long.MAX_VALUE} if it is longer. */
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }
}
