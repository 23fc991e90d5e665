package io.corral.agent.options;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects settings from their sources, in the order of precedence: a later source does not replace
 * a setting. Uses {@code java.io}, since {@code java.nio.file} would fix the application's default
 * file system.
 */
final class OptionSources {

    private static final String PROPERTY = "corral.";
    private static final String ENVIRONMENT = "CORRAL_";

    private OptionSources() {}

    /** @return the keys that the arguments set, or the file that they name */
    static Set<OptionKey> collect(
            String arguments, Map<OptionKey, Setting> settings, List<String> problems) {
        fromArguments(arguments, settings, problems);
        Set<OptionKey> given = EnumSet.noneOf(OptionKey.class);
        given.addAll(settings.keySet());
        addUnknownProperties(problems);
        for (OptionKey key : OptionKey.values()) {
            set(
                    key,
                    System.getProperty(PROPERTY + key.key()),
                    "system property " + PROPERTY + key.key(),
                    settings);
        }
        for (OptionKey key : OptionKey.values()) {
            set(
                    key,
                    System.getenv(ENVIRONMENT + key.name()),
                    "environment variable " + ENVIRONMENT + key.name(),
                    settings);
        }
        Setting config = settings.get(OptionKey.CONFIG);
        if (config != null) {
            Set<OptionKey> before = EnumSet.copyOf(settings.keySet());
            fromFile(config, settings, problems, "; going on without it");
            if (given.contains(OptionKey.CONFIG)) {
                for (OptionKey key : settings.keySet()) {
                    if (!before.contains(key)) {
                        given.add(key);
                    }
                }
            }
        }
        return given;
    }

    /** Collects from the arguments and the file that they name only. */
    static void collectGiven(
            String arguments, Map<OptionKey, Setting> settings, List<String> problems) {
        fromArguments(arguments, settings, problems);
        Setting config = settings.get(OptionKey.CONFIG);
        if (config != null) {
            fromFile(config, settings, problems, "");
        }
    }

    private static void fromArguments(
            String arguments, Map<OptionKey, Setting> settings, List<String> problems) {
        for (String part : arguments.split(",", -1)) {
            String argument = part.trim();
            if (!argument.isEmpty()) {
                int equals = argument.indexOf('=');
                String name =
                        equals < 0 ? argument : argument.substring(0, equals).trim();
                OptionKey key = OptionKey.of(name);
                if (key == null || equals < 0) {
                    problems.add(
                            key == null
                                    ? unknown("", name)
                                    : "option " + name + " has no value; expected " + name + "="
                                            + key.choices());
                } else {
                    set(key, argument.substring(equals + 1).trim(), "option " + name, settings);
                }
            }
        }
    }

    private static void fromFile(
            Setting config,
            Map<OptionKey, Setting> settings,
            List<String> problems,
            String otherwise) {
        if (config.value().equalsIgnoreCase(OptionKey.CONFIG.defaultValue())) {
            return;
        }
        Properties properties = new Properties();
        try (InputStream in = open(new File(config.value()))) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException unreadable) {
            problems.add(config.source() + ": can't read the file " + config.value() + ": "
                    + unreadable.getMessage() + otherwise);
            return;
        }
        Map<OptionKey, String> names = new EnumMap<>(OptionKey.class);
        for (String name : sorted(properties.stringPropertyNames())) {
            OptionKey key = OptionKey.of(
                    name.startsWith(PROPERTY) ? name.substring(PROPERTY.length()) : name);
            if (key == null) {
                problems.add(unknown(config.value() + ": ", name));
            } else if (names.containsKey(key)) {
                problems.add(config.value() + ": option " + name + " is also given as "
                        + names.get(key) + ", which takes precedence");
            } else if (key == OptionKey.CONFIG) {
                rejectNestedFile(config, name, properties.getProperty(name), problems);
            } else {
                names.put(key, name);
                set(
                        key,
                        properties.getProperty(name).trim(),
                        config.value() + ": option " + name,
                        settings);
            }
        }
    }

    /** Does not open a FIFO or a device, since a read of these may never return. */
    private static InputStream open(File file) throws IOException {
        if (file.exists() && !file.isFile()) {
            throw new IOException("it is not a regular file");
        }
        return new FileInputStream(file);
    }

    /** Reports a file that names a second file, which would not be read. */
    private static void rejectNestedFile(
            Setting config, String name, String value, List<String> problems) {
        if (!value.trim().equalsIgnoreCase(OptionKey.CONFIG.defaultValue())) {
            problems.add(config.value() + ": option " + name
                    + " is for other sources; a file can't name another one");
        }
    }

    private static List<String> sorted(Set<String> names) {
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        return sorted;
    }

    /**
     * Reports unknown properties whose name has one word after the prefix, as Corral's keys do. A
     * property such as {@code corral.jdks.only} may belong to another program.
     */
    private static void addUnknownProperties(List<String> problems) {
        List<String> unknown = new ArrayList<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PROPERTY)) {
                String word = name.substring(PROPERTY.length());
                if (word.indexOf('.') < 0 && !isKey(word)) {
                    unknown.add(unknown("system property " + name + ": ", word));
                }
            }
        }
        if (!unknown.isEmpty()) {
            Collections.sort(unknown);
            problems.addAll(unknown);
        }
    }

    /** Whether a property of that name is looked up. Case matters. */
    private static boolean isKey(String word) {
        OptionKey key = OptionKey.of(word);
        return key != null && key.key().equals(word);
    }

    private static void set(
            OptionKey key,
            @Nullable String value,
            String source,
            Map<OptionKey, Setting> settings) {
        if (value != null) {
            settings.putIfAbsent(key, new Setting(value, source));
        }
    }

    private static String unknown(String source, String name) {
        StringBuilder line =
                new StringBuilder(source + "unknown option \"" + name + "\"; valid are");
        String separator = " ";
        for (OptionKey key : OptionKey.values()) {
            line.append(separator).append(key.key());
            separator = ", ";
        }
        return line.toString();
    }
}
