package io.corral.options;

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
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects settings from their sources, in the order of precedence: a later source does not replace
 * a setting. Uses {@code java.io}, since {@code java.nio.file} would fix the application's default
 * file system.
 */
final class OptionSources {

    private static final String PROPERTY = "corral.";
    private static final String ENVIRONMENT = "CORRAL_";

    final Map<OptionKey, Setting> settings = new EnumMap<>(OptionKey.class);

    /** The keys that the arguments set, or the file that they name. */
    final Set<OptionKey> given = EnumSet.noneOf(OptionKey.class);

    final List<String> problems = new ArrayList<>();

    private OptionSources() {}

    /** Collects from all sources. */
    static OptionSources all(String arguments) {
        OptionSources sources = new OptionSources();
        sources.addArguments(arguments);
        sources.addUnknownProperties();
        for (OptionKey key : OptionKey.values()) {
            String property = PROPERTY + key.key();
            String variable = ENVIRONMENT + key.name();
            sources.set(key, System.getProperty(property), "system property " + property, false);
            sources.set(key, System.getenv(variable), "environment variable " + variable, false);
        }
        sources.addFile("; continuing without it");
        return sources;
    }

    /** Collects from the arguments and the file that they name only. */
    static OptionSources given(String arguments) {
        OptionSources sources = new OptionSources();
        sources.addArguments(arguments);
        sources.addFile("");
        return sources;
    }

    private void addArguments(String arguments) {
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
                    set(key, argument.substring(equals + 1).trim(), "option " + name, true);
                }
            }
        }
    }

    /** @param otherwise what happens if the file can't be read, in the words of a message */
    private void addFile(String otherwise) {
        Setting config = settings.get(OptionKey.CONFIG);
        if (config == null || config.value().equalsIgnoreCase(OptionKey.CONFIG.defaultValue())) {
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
        boolean isGiven = given.contains(OptionKey.CONFIG);
        Map<OptionKey, String> names = new EnumMap<>(OptionKey.class);
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            String value = properties.getProperty(name).trim();
            OptionKey key = OptionKey.of(
                    name.startsWith(PROPERTY) ? name.substring(PROPERTY.length()) : name);
            if (key == null) {
                problems.add(unknown(config.value() + ": ", name));
            } else if (names.containsKey(key)) {
                problems.add(config.value() + ": option " + name + " is also given as "
                        + names.get(key) + ", which takes precedence");
            } else if (key != OptionKey.CONFIG) {
                names.put(key, name);
                set(key, value, config.value() + ": option " + name, isGiven);
            } else if (!value.equalsIgnoreCase(OptionKey.CONFIG.defaultValue())) {
                problems.add(config.value() + ": option " + name
                        + " is for other sources; a file can't name another one");
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

    /**
     * Reports unknown properties whose name has one word after the prefix, as Corral's keys do. A
     * property such as {@code corral.jdks.only} may belong to another program.
     */
    private void addUnknownProperties() {
        List<String> unknown = new ArrayList<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PROPERTY)) {
                String word = name.substring(PROPERTY.length());
                if (word.indexOf('.') < 0 && !isKey(word)) {
                    unknown.add(unknown("system property " + name + ": ", word));
                }
            }
        }
        Collections.sort(unknown);
        problems.addAll(unknown);
    }

    /** Whether a property of that name is looked up. Case matters. */
    private static boolean isKey(String word) {
        OptionKey key = OptionKey.of(word);
        return key != null && key.key().equals(word);
    }

    private void set(OptionKey key, @Nullable String value, String source, boolean isGiven) {
        if (value != null && !settings.containsKey(key)) {
            settings.put(key, new Setting(value, source));
            if (isGiven) {
                given.add(key);
            }
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
