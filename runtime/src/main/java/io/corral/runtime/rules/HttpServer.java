package io.corral.runtime.rules;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods in which servers and frameworks handle a request, and how it tells of itself. Known by name: none of them need
 * be there. A request goes through several: who comes later may know the route better.
 */
enum HttpServer {
    /** Behind Tomcat's mapping of the request to a servlet; before its filters, and again between them. */
    TOMCAT("org.apache.catalina.core.ApplicationFilterChain", "doFilter", Dialect.SERVLET),
    SPRING_CONTROLLER(
            "org.springframework.web.servlet.mvc.method.AbstractHandlerMethodAdapter",
            "handle",
            Dialect.SPRING),
    SPRING_FUNCTION(
            "org.springframework.web.servlet.function.support.HandlerFunctionAdapter",
            "handle",
            Dialect.SPRING),
    SPRING_RESOURCE(
            "org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter",
            "handle",
            Dialect.SPRING),
    SPRING_OLD_CONTROLLER(
            "org.springframework.web.servlet.mvc.SimpleControllerHandlerAdapter",
            "handle",
            Dialect.SPRING),
    JETTY("org.eclipse.jetty.server.Server", "handle", Dialect.JETTY),
    JETTY_CONTEXT(
            "org.eclipse.jetty.server.handler.ContextHandler", "handle", Dialect.JETTY_CONTEXT),
    JETTY_SERVLET_10("org.eclipse.jetty.ee10.servlet.ServletHolder", "handle", Dialect.SERVLET),
    JETTY_SERVLET_11("org.eclipse.jetty.ee11.servlet.ServletHolder", "handle", Dialect.SERVLET),
    JDK("com.sun.net.httpserver.Filter$Chain", "doFilter", Dialect.JDK);

    /** What is called that the route begins where the request does. */
    private static final String NO_ROUTE = "";

    /** Of RFC 9110, and of RFC 5789. Servers take any word that a client sends. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final String className;
    private final String method;
    private final Dialect dialect;

    HttpServer(String className, String method, Dialect dialect) {
        this.className = className;
        this.method = method;
        this.dialect = dialect;
    }

    /** Whose method that is, or null. */
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

    /** {@code GET} and so on; one of the client's own making is {@link PathTemplate#OVERFLOW}. */
    @Nullable String requestMethod(Execution execution) {
        Object method = dialect.requestMethod(request(execution));
        if (method == null) {
            return null;
        }
        String known = method.toString();
        return METHODS.contains(known) ? known : PathTemplate.OVERFLOW;
    }

    /** Of what the request was mapped to; a path, empty if there is none. */
    String route(Execution execution) {
        String route = dialect.route(execution, request(execution));
        return route == null ? NO_ROUTE : route;
    }

    /** @param header one that {@link Dialect#header} has made of this server's */
    @Nullable Object header(Execution execution, HttpHeader header) {
        return dialect.header(request(execution), header);
    }

    /** What stands behind the question mark, or null. */
    @Nullable Object query(Execution execution) {
        return dialect.query(request(execution));
    }

    private static Object request(Execution execution) {
        @Nullable Object[] arguments = execution.arguments();
        Object request = arguments.length == 0 ? null : arguments[0];
        if (request == null) {
            throw new PathTemplate.UnfitException("there is no request");
        }
        return request;
    }
}
