package io.corral.rules.file;

import io.corral.runtime.placement.DefaultRules;

import java.io.IOException;
import java.io.InputStream;

/**
 * Compiles the default rules, the file {@code default.rules}, into the form that the runtime reads
 * without a parser. The build calls it, and tools.
 */
public final class DefaultRulesCompiler {

    private DefaultRulesCompiler() {}

    /** The text of the file. It is a resource of this class if the rules are used as a library. */
    public static String source() {
        try (InputStream file =
                DefaultRulesCompiler.class.getResourceAsStream("/" + DefaultRules.FILE)) {
            if (file == null) {
                throw new IllegalStateException(DefaultRules.FILE + " is missing");
            }
            return RulesParser.text(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** @throws IllegalArgumentException if a rule has an error, or no compiled form */
    public static String compile(String source) {
        RulesParser.Parsed parsed = RulesParser.parse(DefaultRules.FILE, source);
        if (!parsed.errors().isEmpty()) {
            throw new IllegalArgumentException(parsed.errors().get(0).in(DefaultRules.FILE));
        }
        return parsed.rules().compiled();
    }
}
