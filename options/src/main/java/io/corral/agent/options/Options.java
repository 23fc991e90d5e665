package io.corral.agent.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of all options: as the user set them, else their defaults.
 *
 * @param periodMillis the period of the usage events
 * @param rules the name of the rules file, or null
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
        int combinations,
        @Nullable String metrics,
        int series,
        Log log,
        boolean training,
        Set<OptionKey> given,
        List<String> problems) {

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
        List<String> problems = new ArrayList<>();
        Map<OptionKey, Setting> settings = new EnumMap<>(OptionKey.class);
        Set<OptionKey> given = OptionSources.collect(arguments, settings, problems);
        Values.Otherwise otherwise = again ? Values.Otherwise.AS_IT_WAS : Values.Otherwise.DEFAULT;
        return of(new Values(settings, problems, otherwise), given, problems);
    }

    /**
     * Reads only the arguments and the file that they name, to check them before they are passed to
     * another JVM.
     */
    public static Options given(String arguments) {
        List<String> problems = new ArrayList<>();
        Map<OptionKey, Setting> settings = new EnumMap<>(OptionKey.class);
        OptionSources.collectGiven(arguments, settings, problems);
        Set<OptionKey> given = EnumSet.noneOf(OptionKey.class);
        given.addAll(settings.keySet());
        return of(new Values(settings, problems, Values.Otherwise.NOTHING), given, problems);
    }

    private static Options of(Values values, Set<OptionKey> given, List<String> problems) {
        boolean enabled = values.flag(OptionKey.ENABLED, "true", "false");
        Clock clock = Clock.valueOf(values.oneOf(OptionKey.CLOCK).toUpperCase(Locale.ROOT));
        boolean jfr = values.flag(OptionKey.JFR, "on", "off");
        long periodMillis = values.millis(OptionKey.PERIOD, 100, 3_600_000);
        String rules = values.textOrNull(OptionKey.RULES);
        Placement placement =
                Placement.valueOf(values.oneOf(OptionKey.PLACEMENT).toUpperCase(Locale.ROOT));
        boolean handover = values.flag(OptionKey.HANDOVER, "on", "off");
        boolean queued = values.flag(OptionKey.QUEUED, "on", "off");
        // Corral's own places, as those of a pool's virtual threads, have three levels.
        int depth = values.number(OptionKey.DEPTH, 3, 256);
        int containers = values.number(OptionKey.CONTAINERS, 1_000, 10_000_000);
        int combinations = values.number(OptionKey.COMBINATIONS, 1_000, 10_000_000);
        String metrics = values.exporters(OptionKey.METRICS);
        int series = values.number(OptionKey.SERIES, 100, 1_000_000);
        Log log = Log.valueOf(values.oneOf(OptionKey.LOG).toUpperCase(Locale.ROOT));
        boolean training = values.flag(OptionKey.TRAINING, "true", "false");
        given.removeAll(values.wrong());
        return new Options(
                enabled,
                clock,
                jfr,
                periodMillis,
                rules,
                placement,
                handover,
                queued,
                depth,
                containers,
                combinations,
                metrics,
                series,
                log,
                training,
                Collections.unmodifiableSet(given),
                List.copyOf(problems));
    }
}
