package io.corral.examples.demo;

import java.util.Locale;

/**
 * Formats numbers for the tables. An unknown number is {@link #UNKNOWN} and printed as {@code n/a}.
 */
final class Amount {

    /** The same as in {@code io.corral.Usage}, which is not on this process's class path. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final String NOT_AVAILABLE = "n/a";

    private Amount() {}

    static String seconds(long nanos) {
        // Rounded first, because a tiny negative number would be printed as -0.000.
        return nanos == UNKNOWN
                ? NOT_AVAILABLE
                : format("%,.3f s", Math.round(nanos / 1e6) / 1_000.0);
    }

    static String micros(double nanos) {
        return Double.isFinite(nanos) ? format("%,.1f us", nanos / 1e3) : NOT_AVAILABLE;
    }

    static String mebibytes(long bytes) {
        double mebibytes = bytes / 1024.0 / 1024.0;
        // Large numbers have no fraction, so that both fit the same column.
        return bytes == UNKNOWN
                ? NOT_AVAILABLE
                : format(mebibytes < 100 ? "%,.1f MiB" : "%,.0f MiB", mebibytes);
    }

    static String count(long number) {
        return number == UNKNOWN ? NOT_AVAILABLE : format("%,d", number);
    }

    static String percent(double ratio) {
        if (!Double.isFinite(ratio)) {
            return NOT_AVAILABLE;
        }
        return format("%.1f %%", Math.round(ratio * 1_000) / 10.0);
    }

    static String share(long part, long whole) {
        return part == UNKNOWN || whole == UNKNOWN || whole == 0
                ? NOT_AVAILABLE
                : percent((double) part / whole);
    }

    /** The sum, which is unknown if a part is unknown. */
    static long sum(long one, long other) {
        return one == UNKNOWN || other == UNKNOWN ? UNKNOWN : one + other;
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
