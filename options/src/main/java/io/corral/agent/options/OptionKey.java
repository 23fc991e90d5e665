package io.corral.agent.options;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys of the options. A test checks {@code docs/options.md} against them. */
public enum OptionKey {
    ENABLED("true, false", "true", "whether the agent does anything at all"),
    CONFIG("a file", "none", "a properties file with these keys, read last"),
    CLOCK(
            "exact, adaptive",
            "exact",
            "when CPU clocks are read: at each switch, or seldom, apportioning short stays"),
    JFR("on, off", "on", "whether events are offered to flight recordings"),
    PERIOD("100ms to 1h", "1s", "how often usage events come, where the recording does not say"),
    RULES("a file", "none", "says where threads and methods belong; looked at four times a second"),
    PLACEMENT(
            "default, inherit",
            "default",
            "where threads are born without a rule: by the default rules, or where their starter works"),
    HANDOVER("on, off", "on", "whether a task is charged where it was handed to a pool"),
    QUEUED(
            "on, off",
            "off",
            "whether it is measured how long virtual threads and tasks wait, ready to run"),
    DEPTH("3 to 256", "64", "how many containers may be inside each other"),
    CONTAINERS("1000 to 10000000", "1000000", "how many containers there may be"),
    COMBINATIONS(
            "1000 to 10000000",
            "100000",
            "how many combinations of containers keep a usage of their own"),
    METRICS(
            "none, prometheus, prometheus:HOST:PORT, otlp, prometheus+otlp",
            "none",
            "which monitoring systems get metrics; Prometheus at 127.0.0.1:9464 by default"),
    SERIES("100 to 1000000", "2000", "how many series a metric may have"),
    LOG("off, error, info, debug", "error", "what is said on standard error"),
    TRAINING("true, false", "false", "a run that trains a class archive: install nothing");

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
