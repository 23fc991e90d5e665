package io.corral.options;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of all options: as the user set them, else their defaults.
 *
 * @param periodMillis the period of the usage events
 * @param rules the name of the rules file, or null
 * @param expireMillis {@code Long.MAX_VALUE} if idle containers do not expire
 * @param carriers the largest number of carriers while a container is fair; 0 for the default
 * @param metrics exporters, with a plus between two; null for none
 * @param series how many series a metric may have
 * @param given the keys that the agent's arguments set, or the file that they name; only these
 *     change an agent that is active already
 * @param problems a line for each key or value that is wrong
 */
public record Options(
        boolean enabled,
        Clock clock,
        boolean jfr,
        long periodMillis,
        @Nullable String rules,
        Placement placement,
        boolean handover,
        boolean queued,
        int depth,
        int containers,
        int places,
        long idleMillis,
        long expireMillis,
        int combinations,
        int carriers,
        @Nullable String metrics,
        int series,
        Log log,
        boolean training,
        Set<OptionKey> given,
        List<String> problems) {

    private static final long HOUR_MILLIS = 3_600_000;

    /** When CPU clocks are read. */
    public enum Clock {
        EXACT,
        ADAPTIVE
    }

    /** Where threads are born that no rule places. */
    public enum Placement {
        DEFAULT,
        INHERIT
    }

    /** Which lines are printed on standard error. */
    public enum Log {
        OFF,
        ERROR,
        INFO,
        DEBUG
    }

    /** Reads agent arguments, system properties, the environment, and the file that they name. */
    public static Options read(String arguments) {
        return read(arguments, false);
    }

    /**
     * @param again whether the agent is active already: then an option with a wrong value keeps its
     *     current value
     */
    public static Options read(String arguments, boolean again) {
        return of(
                OptionSources.all(arguments),
                again
                        ? OptionValues.OnWrongValue.KEEP_CURRENT
                        : OptionValues.OnWrongValue.USE_DEFAULT);
    }

    /**
     * Reads only the arguments and the file that they name, to check them before they are passed to
     * another JVM.
     */
    public static Options given(String arguments) {
        return of(OptionSources.given(arguments), OptionValues.OnWrongValue.REFUSE);
    }

    private static Options of(OptionSources sources, OptionValues.OnWrongValue onWrongValue) {
        OptionValues values = new OptionValues(sources, onWrongValue);
        return new Options(
                values.flag(OptionKey.ENABLED, "true", "false"),
                values.oneOf(OptionKey.CLOCK, Clock.class),
                values.flag(OptionKey.JFR, "on", "off"),
                values.millis(OptionKey.PERIOD, 100, HOUR_MILLIS),
                values.textOrNull(OptionKey.RULES),
                values.oneOf(OptionKey.PLACEMENT, Placement.class),
                values.flag(OptionKey.HANDOVER, "on", "off"),
                values.flag(OptionKey.QUEUED, "on", "off"),
                // Corral's own places, as those of a pool's virtual threads, have three levels.
                values.number(OptionKey.DEPTH, 3, 256),
                values.number(OptionKey.CONTAINERS, 1_000, 10_000_000),
                values.number(OptionKey.PLACES, 10, 1_000_000),
                values.millis(OptionKey.IDLE, 1_000, 24 * HOUR_MILLIS),
                values.millisOrNever(OptionKey.EXPIRE, 1_000, 720 * HOUR_MILLIS),
                values.number(OptionKey.COMBINATIONS, 1_000, 10_000_000),
                values.numberOrDefault(OptionKey.CARRIERS, 3, 1_024),
                values.exporters(OptionKey.METRICS),
                values.number(OptionKey.SERIES, 100, 1_000_000),
                values.oneOf(OptionKey.LOG, Log.class),
                values.flag(OptionKey.TRAINING, "true", "false"),
                // These two come last, since a wrong value changes them.
                Collections.unmodifiableSet(sources.given),
                List.copyOf(sources.problems));
    }
}
