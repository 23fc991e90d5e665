package io.corral.commands;

import io.corral.options.OptionKey;
import io.corral.options.Options;
import io.corral.rules.file.RulesParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The options for the agent. Relative paths are resolved in the directory of the caller, and not in
 * that of the JVM. Options and rules are checked before the agent is loaded, because an agent can't
 * be unloaded and running threads are placed only once.
 */
final class AgentArguments {

    /** How the agent's options describe a value that names a file. */
    private static final String FILE = "a file";

    private final Path directory;
    private final Map<OptionKey, String> values = new EnumMap<>(OptionKey.class);

    /** Arguments that are not known options. The agent's own check reports them. */
    private final List<String> unknown = new ArrayList<>();

    private final List<String> problems = new ArrayList<>();

    private AgentArguments(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads and checks the options.
     *
     * @param words each {@code key=value}, or several of these separated by commas; if an option
     *     has two values, the first one counts
     * @param directory the directory in which relative paths are resolved
     */
    static AgentArguments of(List<String> words, Path directory) {
        AgentArguments all = new AgentArguments(directory);
        for (String word : words) {
            for (String argument : word.split(",", -1)) {
                if (!argument.isBlank()) {
                    all.add(argument.trim());
                }
            }
        }
        all.check();
        return all;
    }

    /** The errors in the options and in the files that they name, one line for each. */
    List<String> problems() {
        return problems;
    }

    private void add(String argument) {
        int equals = argument.indexOf('=');
        OptionKey key =
                equals < 0 ? null : OptionKey.of(argument.substring(0, equals).trim());
        if (key == null) {
            unknown.add(argument);
        } else if (!values.containsKey(key)) {
            String value = argument.substring(equals + 1).trim();
            values.put(key, key.choices().equals(FILE) ? file(key, value) : value);
        }
    }

    /**
     * Runs the agent's own check. Also adds rules that an options file names, because the JVM would
     * look for them in its own directory.
     */
    private void check() {
        Options given = Options.given(joined());
        problems.addAll(given.problems());
        if (given.rules() != null && !values.containsKey(OptionKey.RULES)) {
            values.put(OptionKey.RULES, file(OptionKey.RULES, given.rules()));
        }
    }

    /** The options in the agent's form. */
    String joined() {
        List<String> arguments = new ArrayList<>(unknown);
        values.forEach((key, value) -> arguments.add(key.key() + "=" + value));
        return String.join(",", arguments);
    }

    /** The absolute path of a file; the option's default if there is no such file. */
    private String file(OptionKey key, String value) {
        if (value.isEmpty() || value.equalsIgnoreCase(key.defaultValue())) {
            return key.defaultValue();
        }
        Path file = directory.resolve(value).toAbsolutePath().normalize();
        String option = "option " + key.key() + ": ";
        if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
            problems.add(option + "there is no file " + file + " that can be read");
            return key.defaultValue();
        }
        if (file.toString().indexOf(',') >= 0) {
            problems.add(option + file
                    + " has a comma in its name, which separates the agent's options; rename it");
            return key.defaultValue();
        }
        if (key == OptionKey.RULES) {
            checkRules(file);
        }
        return file.toString();
    }

    private void checkRules(Path file) {
        try {
            RulesParser.Parsed parsed = RulesParser.parse(file.toString(), RulesText.read(file));
            problems.addAll(RulesText.errors(file, parsed.errors()));
        } catch (IOException unreadable) {
            problems.add(String.valueOf(unreadable.getMessage()));
        }
    }
}
