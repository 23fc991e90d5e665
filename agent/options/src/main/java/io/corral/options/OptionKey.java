package io.corral.options;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys of the options. A test checks {@code docs/options.md} against them. */
public enum OptionKey {
    ENABLED("true, false", "true", "whether the agent becomes active"),
    CONFIG(
            "a file",
            "none",
            "a properties file with these keys; all other sources take precedence"),
    CLOCK(
            "exact, adaptive",
            "exact",
            "when CPU clocks are read: at each switch, or seldom, so that short stays share"
                    + " what they used"),
    JFR("on, off", "on", "whether flight recordings have Corral's events"),
    PERIOD("100ms to 1h", "1s", "the period of usage events, in recordings that do not set one"),
    RULES(
            "a file",
            "none",
            "the rules that place threads and methods; read again when the file changes"),
    PLACEMENT(
            "default, inherit",
            "default",
            "where threads are born that no rule places: by the default rules, or where their"
                    + " starter works"),
    HANDOVER("on, off", "on", "whether a pool's task is charged to its submitter's container"),
    QUEUED(
            "on, off",
            "off",
            "whether queued time is measured: how long ready virtual threads and tasks wait"),
    DEPTH("3 to 256", "64", "the largest depth of containers"),
    CONTAINERS("1000 to 10000000", "1000000", "the largest number of containers"),
    PLACES(
            "10 to 1000000",
            "1000",
            "the largest number of containers that a rule's placeholder makes side by side"),
    IDLE(
            "1s to 24h",
            "1m",
            "how long such a container is idle before it gives way to a new one beyond places"),
    EXPIRE(
            "none, 1s to 720h",
            "none",
            "how long such a container is idle before it is removed in any case"),
    COMBINATIONS(
            "1000 to 10000000",
            "100000",
            "the largest number of combinations of containers that have a usage of their own"),
    CARRIERS(
            "auto, 3 to 1024",
            "auto",
            "the largest number of carriers of virtual threads while a container is fair"),
    METRICS(
            "none, prometheus, prometheus:HOST:PORT, otlp, prometheus+otlp",
            "none",
            "the monitoring systems that get metrics; for Prometheus at 127.0.0.1:9464 by default"),
    SERIES("100 to 1000000", "2000", "the largest number of series of a metric"),
    LOG("off, error, info, debug", "error", "which lines are printed on standard error"),
    TRAINING(
            "true, false",
            "false",
            "whether this run only trains a class archive; then the agent measures nothing");

    private final String choices;
    private final String defaultValue;
    private final String explanation;

    OptionKey(String choices, String defaultValue, String explanation) {
        this.choices = choices;
        this.defaultValue = defaultValue;
        this.explanation = explanation;
    }

    /** The key of that name, in upper or lower case; null if there is none. */
    public static @Nullable OptionKey of(String name) {
        for (OptionKey key : values()) {
            if (key.key().equals(name.toLowerCase(Locale.ROOT))) {
                return key;
            }
        }
        return null;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String choices() {
        return choices;
    }

    public String defaultValue() {
        return defaultValue;
    }

    public String explanation() {
        return explanation;
    }
}
