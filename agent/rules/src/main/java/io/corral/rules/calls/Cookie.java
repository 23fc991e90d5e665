package io.corral.rules.calls;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value of a cookie, as it was sent. */
final class Cookie extends ApplicationValue {

    private final String name;

    Cookie(String word, String name) {
        super(word);
        this.name = name;
    }

    @Override
    Object read(Execution execution) {
        Object headers = execution.server().dialect().cookies(execution.request());
        for (Object header : each(headers)) {
            String value = header == null ? null : HeaderList.value(header.toString(), ';', name);
            if (value != null) {
                return withoutQuotes(value);
            }
        }
        return RequestHeader.orNoMatch(null);
    }

    /** With HTTP/2, each cookie may be in a header of its own. */
    private static Iterable<?> each(@Nullable Object headers) {
        if (headers instanceof Iterable<?> several) {
            return several;
        }
        if (headers instanceof Enumeration<?> several) {
            return Collections.list(several);
        }
        return headers == null ? List.of() : List.of(headers);
    }

    private static String withoutQuotes(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
