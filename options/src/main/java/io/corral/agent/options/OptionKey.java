package io.corral.agent.options;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be set. {@code docs/options.md} is checked against these. */
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
    HANDOVER("on, off", "on", "whether a task is charged where it was handed to a pool"),
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

    /** Null if there is none of that name, in whatever case. */
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
