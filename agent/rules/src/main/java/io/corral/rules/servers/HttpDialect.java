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

    /**
     * @param header contains {@code $} for the name of the header
     * @param query the query string, or empty
     * @param uri the address with its query string, if {@code query} is empty
     * @param context the context path as the application configured it, or empty. The context path
     *     of a servlet's request is what the client sent: encoded, and with parameters.
     * @param pattern the pattern that the request was mapped to in its context, or empty
     */
    HttpDialect(
            String method,
            String header,
            String query,
            String uri,
            String context,
            String pattern) {
        this.method = PropertyPath.of(method);
        this.header = header;
        this.query = PropertyPath.of(query);
        this.uri = PropertyPath.of(uri);
        this.context = PropertyPath.of(context);
        this.pattern = PropertyPath.of(pattern);
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

    private static Object read(PropertyPath path, Object request) {
        Object value = path.isEmpty() ? null : path.read(request);
        return value == null ? "" : value;
    }
}
