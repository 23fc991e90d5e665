package io.corral.runtime.rules;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods in which servers and frameworks handle a request, known by name. A request passes
 * through several of them; a later one may know the route more precisely.
 */
enum HttpServer {
    /** Called after Tomcat has mapped the request to a servlet, before and between the filters. */
    TOMCAT("org.apache.catalina.core.ApplicationFilterChain", "doFilter", HttpDialect.SERVLET),
    SPRING_CONTROLLER(
            "org.springframework.web.servlet.mvc.method.AbstractHandlerMethodAdapter",
            "handle",
            HttpDialect.SPRING),
    SPRING_FUNCTION(
            "org.springframework.web.servlet.function.support.HandlerFunctionAdapter",
            "handle",
            HttpDialect.SPRING),
    SPRING_RESOURCE(
            "org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter",
            "handle",
            HttpDialect.SPRING),
    SPRING_OLD_CONTROLLER(
            "org.springframework.web.servlet.mvc.SimpleControllerHandlerAdapter",
            "handle",
            HttpDialect.SPRING),
    JETTY("org.eclipse.jetty.server.Server", "handle", HttpDialect.JETTY),
    JETTY_CONTEXT(
            "org.eclipse.jetty.server.handler.ContextHandler", "handle", HttpDialect.JETTY_CONTEXT),
    JETTY_SERVLET_10("org.eclipse.jetty.ee10.servlet.ServletHolder", "handle", HttpDialect.SERVLET),
    JETTY_SERVLET_11("org.eclipse.jetty.ee11.servlet.ServletHolder", "handle", HttpDialect.SERVLET),
    JDK("com.sun.net.httpserver.Filter$Chain", "doFilter", HttpDialect.JDK);

    /** The route of a request that was mapped to no pattern. */
    private static final String NO_ROUTE = "";

    /** The methods of RFC 9110 and RFC 5789. Servers accept any word that a client sends. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final String className;
    private final String method;
    private final HttpDialect dialect;

    HttpServer(String className, String method, HttpDialect dialect) {
        this.className = className;
        this.method = method;
        this.dialect = dialect;
    }

    /** The server that handles requests in this method, or null. */
    static @Nullable HttpServer of(String className, String method) {
        for (HttpServer server : values()) {
            if (server.className.equals(className) && server.method.equals(method)) {
                return server;
            }
        }
        return null;
    }

    static boolean hasClass(String className) {
        for (HttpServer server : values()) {
            if (server.className.equals(className)) {
                return true;
            }
        }
        return false;
    }

    /** A standard method such as {@code GET}; {@link PathTemplate#OVERFLOW} for any other word. */
    @Nullable String requestMethod(Execution execution) {
        Object method = dialect.requestMethod(request(execution));
        if (method == null) {
            return null;
        }
        String known = method.toString();
        return METHODS.contains(known) ? known : PathTemplate.OVERFLOW;
    }

    /** The pattern that the request was mapped to: a path, empty if there is none. */
    String route(Execution execution) {
        String route = dialect.route(execution, request(execution));
        return route == null ? NO_ROUTE : route;
    }

    /** The value of a header, or null. */
    @Nullable Object header(Execution execution, HttpHeader header) {
        return dialect.header(request(execution), header);
    }

    /** The query string, or null. */
    @Nullable Object query(Execution execution) {
        return dialect.query(request(execution));
    }

    private static Object request(Execution execution) {
        @Nullable Object[] arguments = execution.arguments();
        Object request = arguments.length == 0 ? null : arguments[0];
        if (request == null) {
            throw new PathTemplate.UnusableValueException("there is no request");
        }
        return request;
    }
}
