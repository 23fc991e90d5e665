package io.corral.rules.calls;

import io.corral.rules.language.Placeholder;
import io.corral.rules.values.StaticValue;
import io.corral.rules.values.ValueParser;

import org.jspecify.annotations.Nullable;

/**
 * The placeholders of all {@code enter} rules: they read what the calling thread carries, not what
 * the method is called with.
 */
final class AmbientPlaceholders {

    static final String VALID = "{mdc.KEY}, {com.acme.Tenants#current()} or {com.acme.Tenants#ID}";

    private static final String MDC = "mdc.";

    private AmbientPlaceholders() {}

    /** The placeholder with this name, or null. */
    static @Nullable Placeholder<Execution> of(String word) {
        if (word.startsWith(MDC) && word.length() > MDC.length()) {
            return new DiagnosticContextEntry(word, word.substring(MDC.length()));
        }
        StaticValue value = ValueParser.parseStatic(word);
        return value == null ? null : new StaticPlaceholder(word, value);
    }
}
