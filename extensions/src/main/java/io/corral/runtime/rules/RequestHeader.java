package io.corral.runtime.rules;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A header of a request, or an entry of its metadata. */
final class RequestHeader extends ApplicationValue {

    private final String name;

    /** How to read it, by the kind of server. */
    private final ConcurrentMap<HttpDialect, PropertyPath> paths = new ConcurrentHashMap<>();

    RequestHeader(String word, String name) {
        super(word);
        this.name = name;
    }

    @Override
    Object read(Execution execution) {
        return orNoMatch(valueOrNull(execution));
    }

    private @Nullable Object valueOrNull(Execution execution) {
        ServerMethod server = execution.server();
        HttpDialect dialect = server.dialect();
        PropertyPath path = paths.get(dialect);
        if (path == null) {
            path = dialect.header(name);
            paths.put(dialect, path);
        }
        return path.read(server.request(execution));
    }

    /** A request without the value is left to the next rule, without a warning. */
    static Object orNoMatch(@Nullable Object value) {
        if (value == null) {
            throw PathTemplate.UnusableValueException.noMatch();
        }
        return value;
    }
}
