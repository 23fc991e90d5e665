package io.corral.rules.servers;

import io.corral.rules.values.PropertyPath;
import java.util.Locale;
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
    private final PropertyPath path;
    private final PropertyPath host;
    private final @Nullable PropertyPath hostHeader;
    private final PropertyPath cookies;
    private final PropertyPath principal;

    /**
     * Options that are missing are empty paths.
     *
     * <ul>
     *   <li>{@code header} contains {@code $} for the name of the header
     *   <li>{@code query}: the query string
     *   <li>{@code uri}: the address with its query string, if there is no {@code query}, or no
     *       {@code path}
     *   <li>{@code path}: the path that the client asked for, encoded
     *   <li>{@code host}: the host that the client asked for, if the server knows more than the
     *       header
     *   <li>{@code cookies}: the headers with cookies, for which {@code $} stands
     *   <li>{@code principal}: the name of the authenticated user
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
        this.path = PropertyPath.of(option("path=", options));
        this.host = PropertyPath.of(option("host=", options));
        this.hostHeader = header.isEmpty() ? null : header("Host");
        this.cookies = PropertyPath.of(option("cookies=", options), "Cookie");
        this.principal = PropertyPath.of(option("principal=", options));
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
        Object value = orNull(path, request);
        return value == null ? "" : value;
    }

    private static @Nullable Object orNull(PropertyPath path, Object request) {
        return path.isEmpty() ? null : path.read(request);
    }

    /** The path that the client asked for, encoded, without the query string. */
    public String path(Object request) {
        String address = read(path.isEmpty() ? uri : path, request).toString();
        int mark = address.indexOf('?');
        String whole = mark < 0 ? address : address.substring(0, mark);
        // To a proxy a client sends the whole address, with the scheme and the host.
        int scheme = whole.startsWith("/") ? -1 : whole.indexOf("://");
        if (scheme < 0) {
            return whole;
        }
        int slash = whole.indexOf('/', scheme + "://".length());
        return slash < 0 ? "" : whole.substring(slash);
    }

    /** The host that the client asked for, in lower case and without the port; or null. */
    public @Nullable String host(Object request) {
        Object known = orNull(host, request);
        if (known == null && hostHeader != null) {
            known = hostHeader.read(request);
        }
        String authority = known == null ? "" : known.toString();
        int colon = authority.lastIndexOf(':');
        // An address of IPv6 has several colons, and stands in brackets before a port.
        boolean hasPort = colon > 0
                && (authority.indexOf(':') == colon || authority.charAt(colon - 1) == ']');
        String name = hasPort ? authority.substring(0, colon) : authority;
        return name.isEmpty() ? null : name.toLowerCase(Locale.ROOT);
    }

    /** The headers with cookies: one or several; null if there are none. */
    public @Nullable Object cookies(Object request) {
        return orNull(cookies, request);
    }

    /** The name of the authenticated user; null if there is none, or if none is known here. */
    public @Nullable Object principal(Object request) {
        return orNull(principal, request);
    }
}
