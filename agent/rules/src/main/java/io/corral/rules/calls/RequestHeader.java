package io.corral.rules.calls;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.servers.HttpDialect;
import io.corral.rules.values.PropertyPath;
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
        HttpDialect dialect = execution.server().dialect();
        PropertyPath path = paths.get(dialect);
        if (path == null) {
            path = dialect.header(name);
            paths.put(dialect, path);
        }
        return path.read(execution.request());
    }

    /** A request without the value is left to the next rule, without a warning. */
    static Object orNoMatch(@Nullable Object value) {
        if (value == null) {
            throw UnusableValueException.noMatch();
        }
        return value;
    }
}
