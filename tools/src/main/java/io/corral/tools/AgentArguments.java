package io.corral.tools;

import io.corral.agent.options.OptionKey;
import io.corral.agent.options.Options;
import io.corral.runtime.rules.RulesParser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments for an agent that is loaded into a running JVM. Relative files are resolved here,
 * since the JVM would look for them in its own directory. All of them are checked first: the agent
 * cannot be unloaded, and running threads are placed once.
 */
final class AgentArguments {

    /** The choices of an option whose value is a file. */
    private static final String FILE = "a file";

    private final Path directory;
    private final Map<OptionKey, String> values = new EnumMap<>(OptionKey.class);

    /** The arguments as the agent parses them. */
    private final List<String> others = new ArrayList<>();

    private final List<String> faults = new ArrayList<>();

    private AgentArguments(Path directory) {
        this.directory = directory;
    }

    /**
     * @param words {@code key=value}, or several of them separated by commas; the first of two with
     *     the same key counts
     * @param directory the directory of relative files
     * @throws WrongException if an argument, or a file that it names, is wrong
     */
    static String of(List<String> words, Path directory) throws WrongException {
        AgentArguments all = new AgentArguments(directory);
        for (String word : words) {
            for (String argument : word.split(",", -1)) {
                if (!argument.isBlank()) {
                    all.add(argument.trim());
                }
            }
        }
        all.check();
        if (!all.faults.isEmpty()) {
            throw new WrongException(all.faults);
        }
        return all.joined();
    }

    private void add(String argument) {
        int equals = argument.indexOf('=');
        OptionKey key =
                equals < 0 ? null : OptionKey.of(argument.substring(0, equals).trim());
        if (key == null) {
            others.add(argument);
        } else if (!values.containsKey(key)) {
            String value = argument.substring(equals + 1).trim();
            values.put(key, key.choices().equals(FILE) ? file(key, value) : value);
        }
    }

    /**
     * Adds what the agent's own parser complains of, and a relative rules file in a file of
     * options, which the JVM would look for in its own directory.
     */
    private void check() {
        Options given = Options.given(joined());
        faults.addAll(given.complaints());
        if (given.rules() != null && !values.containsKey(OptionKey.RULES)) {
            values.put(OptionKey.RULES, file(OptionKey.RULES, given.rules()));
        }
    }

    private String joined() {
        List<String> arguments = new ArrayList<>(others);
        values.forEach((key, value) -> arguments.add(key.key() + "=" + value));
        return String.join(",", arguments);
    }

    /** The absolute path of a file that exists. */
    private String file(OptionKey key, String value) {
        if (value.isEmpty() || value.equalsIgnoreCase(key.defaultValue())) {
            return key.defaultValue();
        }
        Path file = directory.resolve(value).toAbsolutePath().normalize();
        String option = "option " + key.key() + ": ";
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            faults.add(option + "there is no file " + file + " that can be read");
            return key.defaultValue();
        }
        if (file.toString().indexOf(',') >= 0) {
            faults.add(
                    option + file
                            + " has a comma in it, which separates the agent's arguments; give it another name");
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
            faults.addAll(RulesText.faults(file, parsed.problems()));
        } catch (RulesText.UnreadableException unreadable) {
            faults.add(String.valueOf(unreadable.getMessage()));
        }
    }

    /** The problems, a line each. */
    static final class WrongException extends Exception {

        private static final long serialVersionUID = 1;

        /** An array, since an exception is serializable. */
        private final String[] faults;

        WrongException(List<String> faults) {
            super(String.join("; ", faults));
            this.faults = faults.toArray(new String[0]);
        }

        List<String> faults() {
            return List.of(faults);
        }
    }
}
