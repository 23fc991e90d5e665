package io.corral.rules.calls;

import io.corral.rules.language.Placeholder;
import io.corral.rules.language.UnusableValueException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder that reads its value from the application or its server. The call runs on the
 * application's thread, so a getter that blocks delays its own caller.
 */
abstract class ApplicationValue extends Placeholder<Execution> {

    private static final int MAX_MESSAGE_LENGTH = 120;

    ApplicationValue(String word) {
        super(word);
    }

    ApplicationValue(String word, boolean isPath) {
        super(word, isPath);
    }

    /** Reads the value; application code may throw anything. */
    abstract @Nullable Object read(Execution execution);

    @Override
    public final @Nullable String value(Execution execution) {
        try {
            Object value = read(execution);
            return value == null ? null : text(value);
        } catch (UnusableValueException unfit) {
            throw unfit;
        } catch (RuntimeException | Error thrown) {
            throw new UnusableValueException(this + " has thrown " + describe(thrown));
        }
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : value.toString();
    }

    private static String describe(Throwable thrown) {
        String text = thrown.getClass().getName();
        try {
            text = text + ": " + thrown.getMessage();
        } catch (RuntimeException | Error noMessage) {
            // The class name alone is reported.
        }
        return text.length() > MAX_MESSAGE_LENGTH
                ? text.substring(0, MAX_MESSAGE_LENGTH) + "…"
                : text;
    }

    /** Decodes a part of a path, or a value of a header, where a plus sign stands for itself. */
    final String decodedWithPlus(String value) {
        return decoded(value.replace("+", "%2B"));
    }

    /** Decodes a value of an address's query. */
    final String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new UnusableValueException(this + " is no encoded text");
        }
    }
}
