package io.corral.rules.servers;

import io.corral.rules.values.PropertyPath;

import org.jspecify.annotations.Nullable;

/**
 * Reads requests of one kind of server, by reflection along paths from the request object. So
 * Corral does not link to classes of servers.
 */
public final class HttpDialect {

    private final PropertyPath method;
    private final String header;
    private final PropertyPath query;
    private final PropertyPath uri;
    private final PropertyPath context;
    private final PropertyPath pattern;
    private final PropertyPath dispatch;

    /**
     * Options that are missing are empty paths.
     *
     * <ul>
     *   <li>{@code header} contains {@code $} for the name of the header
     *   <li>{@code query}: the query string
     *   <li>{@code uri}: the address with its query string, if there is no {@code query}
     *   <li>{@code context}: the context path as the application configured it. The context path of
     *       a servlet's request is what the client sent: encoded, and with parameters
     *   <li>{@code pattern}: the pattern that the request was mapped to in its context
     *   <li>{@code dispatch}: the servlet API's type of dispatch
     * </ul>
     */
    HttpDialect(String... options) {
        this.method = PropertyPath.of(option("method=", options));
        this.header = option("header=", options);
        this.query = PropertyPath.of(option("query=", options));
        this.uri = PropertyPath.of(option("uri=", options));
        this.context = PropertyPath.of(option("context=", options));
        this.pattern = PropertyPath.of(option("pattern=", options));
        this.dispatch = PropertyPath.of(option("dispatch=", options));
    }

    private static String option(String key, String[] options) {
        String value = KnownServers.option(key, options);
        return value == null ? "" : value;
    }

    public @Nullable Object method(Object request) {
        return method.read(request);
    }

    /** The path to the header of that name. */
    public PropertyPath header(String name) {
        return PropertyPath.of(header, name);
    }

    /** The query string, or null. */
    public @Nullable Object query(Object request) {
        if (uri.isEmpty()) {
            return query.read(request);
        }
        Object address = uri.read(request);
        String text = address == null ? "" : address.toString();
        int mark = text.indexOf('?');
        return mark < 0 ? null : text.substring(mark + 1);
    }

    /** The pattern that the request was mapped to: a path, empty if there is none. */
    public String route(Object request) {
        return read(context, request) + "/" + read(pattern, request);
    }

    /** The servlet API's type of dispatch; null if the server has none. */
    public @Nullable Object dispatch(Object request) {
        return dispatch.isEmpty() ? null : dispatch.read(request);
    }

    private static Object read(PropertyPath path, Object request) {
        Object value = path.isEmpty() ? null : path.read(request);
        return value == null ? "" : value;
    }
}
