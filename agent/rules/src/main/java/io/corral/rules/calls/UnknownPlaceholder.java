package io.corral.rules.calls;

import io.corral.rules.language.LineScanner.SyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The error of an {@code enter} rule that does not know a placeholder. */
final class UnknownPlaceholder {

    /** What {@link HttpPlaceholders} knows. */
    private static final Pattern HTTP = Pattern.compile("method|route|host|principal"
            + "|path\\.[1-9][0-9]?|(?:header|cookie|baggage|query)\\..+");

    /** What {@link GrpcPlaceholders} knows. */
    private static final Pattern GRPC = Pattern.compile("grpc\\.method|metadata\\..+");

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
        if (CapturedVariable.of(word) != null) {
            return "enter lambda";
        }
        if (HTTP.matcher(word).matches()) {
            return "enter http";
        }
        return GRPC.matcher(word).matches() ? "enter grpc" : null;
    }
}
