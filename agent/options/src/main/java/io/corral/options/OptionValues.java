package io.corral.options;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses settings. A wrong one adds a problem, yields the default, and is not given. */
final class OptionValues {

    private final OptionSources sources;
    private final OnWrongValue onWrongValue;

    /** What happens to an option with a wrong value. */
    enum OnWrongValue {
        USE_DEFAULT,
        KEEP_CURRENT,
        /** The caller refuses all options. */
        REFUSE
    }

    OptionValues(OptionSources sources, OnWrongValue onWrongValue) {
        this.sources = sources;
        this.onWrongValue = onWrongValue;
    }

    boolean flag(OptionKey key, String yes, String no) {
        Setting setting = sources.settings.get(key);
        if (setting != null) {
            if (setting.value().equalsIgnoreCase(yes) || setting.value().equalsIgnoreCase(no)) {
                return setting.value().equalsIgnoreCase(yes);
            }
            addProblem(key, setting);
        }
        return key.defaultValue().equals(yes);
    }

    /** The value, which is one of the key's choices. */
    <E extends Enum<E>> E oneOf(OptionKey key, Class<E> choices) {
        Setting setting = sources.settings.get(key);
        if (setting != null) {
            for (E choice : choices.getEnumConstants()) {
                if (choice.name().equalsIgnoreCase(setting.value())) {
                    return choice;
                }
            }
            addProblem(key, setting);
        }
        return Enum.valueOf(choices, key.defaultValue().toUpperCase(Locale.ROOT));
    }

    /** The value; null if it is empty, not set, or the default, which is "none". */
    @Nullable String textOrNull(OptionKey key) {
        Setting setting = sources.settings.get(key);
        return setting == null
                        || setting.value().isEmpty()
                        || setting.value().equalsIgnoreCase(key.defaultValue())
                ? null
                : setting.value();
    }

    /** Exporters of metrics, with a plus between two; null for none. */
    @Nullable String exporters(OptionKey key) {
        String text = textOrNull(key);
        Setting setting = sources.settings.get(key);
        if (text == null || setting == null) {
            return null;
        }
        String exporters = text.toLowerCase(Locale.ROOT);
        for (String each : exporters.split("\\+", -1)) {
            if (!each.equals("otlp") && !isPrometheus(each)) {
                addProblem(key, setting);
                return null;
            }
        }
        return exporters;
    }

    /** Whether this is {@code prometheus}, alone or with a host and a port. */
    private static boolean isPrometheus(String exporter) {
        String name = "prometheus";
        if (!exporter.startsWith(name + ":")) {
            return exporter.equals(name);
        }
        int colon = exporter.lastIndexOf(':');
        String host = exporter.substring(Math.min(name.length() + 1, colon), colon);
        boolean isHost = host.startsWith("[")
                ? host.endsWith("]")
                : !host.isEmpty() && host.indexOf(':') < 0;
        return isHost && isPort(exporter.substring(colon + 1));
    }

    private static boolean isPort(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 0 && port < 65_536;
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    /** A whole number. */
    int number(OptionKey key, int least, int most) {
        Setting setting = sources.settings.get(key);
        if (setting != null) {
            int number = wholeNumber(setting.value());
            if (number >= least && number <= most) {
                return number;
            }
            addProblem(key, setting);
        }
        return Integer.parseInt(key.defaultValue());
    }

    /** As {@link #number}; 0 for the default, which is a word. */
    int numberOrDefault(OptionKey key, int least, int most) {
        Setting setting = sources.settings.get(key);
        if (setting != null && !setting.value().equalsIgnoreCase(key.defaultValue())) {
            int number = wholeNumber(setting.value());
            if (number >= least && number <= most) {
                return number;
            }
            addProblem(key, setting);
        }
        return 0;
    }

    /** @return -1 if {@code value} is not a number */
    private static int wholeNumber(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException noNumber) {
            return -1;
        }
    }

    /** As {@link #millis}; {@code Long.MAX_VALUE} for the default, which is "none". */
    long millisOrNever(OptionKey key, long least, long most) {
        Setting setting = sources.settings.get(key);
        if (setting != null && !setting.value().equalsIgnoreCase(key.defaultValue())) {
            long millis = millis(setting.value());
            if (millis >= least && millis <= most) {
                return millis;
            }
            addProblem(key, setting);
        }
        return Long.MAX_VALUE;
    }

    /** A duration, written with its unit: ms, s, m or h. */
    long millis(OptionKey key, long least, long most) {
        Setting setting = sources.settings.get(key);
        if (setting != null) {
            long millis = millis(setting.value());
            if (millis >= least && millis <= most) {
                return millis;
            }
            addProblem(key, setting);
        }
        return millis(key.defaultValue());
    }

    /** @return -1 if {@code value} is not a duration */
    private static long millis(String value) {
        int digits = 0;
        while (digits < value.length()
                && value.charAt(digits) >= '0'
                && value.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            return -1;
        }
        long number = Long.parseLong(value.substring(0, digits));
        return switch (value.substring(digits).trim().toLowerCase(Locale.ROOT)) {
            case "ms" -> number;
            case "s" -> number * 1_000;
            case "m" -> number * 60_000;
            case "h" -> number * 3_600_000;
            default -> -1;
        };
    }

    private void addProblem(OptionKey key, Setting setting) {
        sources.given.remove(key);
        sources.problems.add(setting.source() + " is \"" + setting.value() + "\"; expected "
                + key.choices()
                + switch (onWrongValue) {
                    case USE_DEFAULT -> "; using " + key.defaultValue();
                    case KEEP_CURRENT -> "; it is unchanged";
                    case REFUSE -> "";
                });
    }
}
