package io.corral.tools;

import io.corral.agent.options.OptionKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the agent is to be told, in its own words; files are those of who calls, and not of the JVM's directory. */
final class AgentArguments {

    /** What the agent's options say of a value that names a file. */
    private static final String FILE = "a file";

    private AgentArguments() {}

    /**
     * @param words {@code key=value}, or several of them with commas between
     * @param directory where relative files are
     * @throws IllegalArgumentException in the words of a message, if a key, or a file, is none
     */
    static String of(List<String> words, Path directory) {
        List<String> arguments = new ArrayList<>();
        for (String word : words) {
            for (String argument : word.split(",", -1)) {
                if (!argument.isBlank()) {
                    arguments.add(resolved(argument.trim(), directory));
                }
            }
        }
        return String.join(",", arguments);
    }

    private static String resolved(String argument, Path directory) {
        int equals = argument.indexOf('=');
        String name = (equals < 0 ? argument : argument.substring(0, equals)).trim();
        OptionKey key = find(name);
        if (key == null) {
            throw new IllegalArgumentException(
                    "unknown option \"" + name + "\"; valid are " + keys());
        }
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "option " + name + " has no value; expected " + name + "=" + key.choices());
        }
        String value = argument.substring(equals + 1).trim();
        boolean isFile = key.choices().equals(FILE) && !value.equalsIgnoreCase(key.defaultValue());
        return key.key() + "=" + (isFile ? file(key, value, directory) : value);
    }

    private static String file(OptionKey key, String value, Path directory) {
        Path file = directory.resolve(value).toAbsolutePath().normalize();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "option " + key.key() + ": there is no file " + file + " that can be read");
        }
        if (file.toString().indexOf(',') >= 0) {
            throw new IllegalArgumentException(
                    "option " + key.key() + ": " + file
                            + " has a comma in it, which separates the agent's arguments; give it another name");
        }
        return file.toString();
    }

    private static @Nullable OptionKey find(String name) {
        for (OptionKey key : OptionKey.values()) {
            if (key.key().equals(name.toLowerCase(Locale.ROOT))) {
                return key;
            }
        }
        return null;
    }

    private static String keys() {
        return Arrays.stream(OptionKey.values())
                .map(OptionKey::key)
                .collect(Collectors.joining(", "));
    }
}
