package io.corral.commands.view;

import io.corral.Usage;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Writes numbers as short texts. An unknown number is a dash. */
final class Numbers {

    private static final String UNKNOWN = "-";
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final double STEP = 1024;
    private static final double NANOS = 1e9;

    private Numbers() {}

    /** 100% is one CPU. What is rounded to 0 has no sign. */
    static String percent(double cpus) {
        return Double.isNaN(cpus)
                ? UNKNOWN
                : String.format(Locale.ROOT, "%.1f", Math.round(1000 * cpus) / 10.0);
    }

    static String share(long part, long whole) {
        return Usage.isKnown(part) && Usage.isKnown(whole) && whole > 0
                ? String.format(Locale.ROOT, "%.1f", 100.0 * part / whole)
                : UNKNOWN;
    }

    static String time(long nanos) {
        if (!Usage.isKnown(nanos)) {
            return UNKNOWN;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.2fs", nanos / NANOS);
        }
        long minutes = TimeUnit.SECONDS.toMinutes(seconds);
        return minutes < 100
                ? String.format(Locale.ROOT, "%dm%02ds", minutes, seconds % 60)
                : String.format(Locale.ROOT, "%dh%02dm", minutes / 60, minutes % 60);
    }

    /** The duration of a wait. */
    static String duration(double nanos) {
        if (Double.isNaN(nanos)) {
            return UNKNOWN;
        }
        double millis = nanos / 1e6;
        if (millis < 1000) {
            return String.format(Locale.ROOT, millis < 10 ? "%.2fms" : "%.0fms", millis);
        }
        return time((long) nanos);
    }

    static String bytes(long bytes) {
        return Usage.isKnown(bytes) ? bytes((double) bytes) : UNKNOWN;
    }

    static String bytes(double bytes) {
        if (Double.isNaN(bytes)) {
            return UNKNOWN;
        }
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    static String count(long number) {
        return Usage.isKnown(number) ? Long.toString(number) : UNKNOWN;
    }

    static String count(double number) {
        return Double.isNaN(number) ? UNKNOWN : String.format(Locale.ROOT, "%.0f", number);
    }
}
