package io.corral.rules.calls;

import io.corral.rules.language.LineScanner.SyntaxException;
import org.jspecify.annotations.Nullable;

/** The error of an {@code enter} rule that does not know a placeholder. */
final class UnknownPlaceholder {

    private UnknownPlaceholder() {}

    /** @param valid the placeholders that the rule knows */
    static SyntaxException error(String word, int column, String valid) {
        String rules = rulesThatKnow(word);
        return new SyntaxException(
                column,
                (rules == null
                                ? "unknown placeholder {" + word + "}"
                                : "{" + word + "} is for rules that begin with " + rules)
                        + "; expected " + valid
                        + (word.endsWith("\\") ? "; remove the backslash" : ""));
    }

    private static @Nullable String rulesThatKnow(String word) {
        if (MethodPlaceholders.isCaptured(word)) {
            return "enter lambda";
        }
        if (HttpPlaceholders.of(word) != null) {
            return "enter http";
        }
        return GrpcPlaceholders.of(word) == null ? null : "enter grpc";
    }
}
