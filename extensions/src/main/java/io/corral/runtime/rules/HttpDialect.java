package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * How to read a request of one kind of server. Everything is read by reflection, so that Corral
 * links to no class of a server.
 */
enum HttpDialect {
    SERVLET {
        @Override
        @Nullable String route(Execution execution, Object request) {
            Object mapping = SERVLET_MAPPING.read(request);
            return joined(
                    servletContextPath(request), mapping == null ? null : PATTERN.read(mapping));
        }
    },
    SPRING {
        @Override
        @Nullable String route(Execution execution, Object request) {
            return joined(servletContextPath(request), BEST_PATTERN.read(request));
        }
    },
    JETTY {
        @Override
        @Nullable String route(Execution execution, Object request) {
            return null;
        }

        @Override
        @Nullable Object header(Object request, HttpHeader header) {
            Object headers = HEADERS.read(request);
            return headers == null ? null : header.inJetty().read(headers);
        }

        @Override
        @Nullable Object query(Object request) {
            Object uri = HTTP_URI.read(request);
            return uri == null ? null : QUERY.read(uri);
        }
    },
    /** A Jetty context, which knows its own path. */
    JETTY_CONTEXT {
        @Override
        @Nullable String route(Execution execution, Object request) {
            Object self = execution.self();
            return self == null ? null : joined(CONTEXT_PATH.read(self), null);
        }

        @Override
        @Nullable Object header(Object request, HttpHeader header) {
            return JETTY.header(request, header);
        }

        @Override
        @Nullable Object query(Object request) {
            return JETTY.query(request);
        }
    },
    JDK {
        @Override
        @Nullable Object requestMethod(Object request) {
            return REQUEST_METHOD.read(request);
        }

        @Override
        @Nullable String route(Execution execution, Object request) {
            Object context = HTTP_CONTEXT.read(request);
            return context == null ? null : joined(PATH.read(context), null);
        }

        @Override
        @Nullable Object header(Object request, HttpHeader header) {
            Object headers = REQUEST_HEADERS.read(request);
            return headers == null ? null : header.inJdk().read(headers);
        }

        @Override
        @Nullable Object query(Object request) {
            Object uri = REQUEST_URI.read(request);
            return uri == null ? null : RAW_QUERY.read(uri);
        }
    };

    private static final Property METHOD = Property.of("method");
    private static final Property SERVLET_CONTEXT = Property.of("servletContext");
    private static final Property CONTEXT_PATH = Property.of("contextPath");
    private static final Property QUERY_STRING = Property.of("queryString");
    private static final Property SERVLET_MAPPING = Property.of("httpServletMapping");
    private static final Property PATTERN = Property.of("pattern");
    private static final Property BEST_PATTERN = Property.call(
            "getAttribute", "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern");
    private static final Property HEADERS = Property.of("headers");
    private static final Property HTTP_URI = Property.of("httpURI");
    private static final Property QUERY = Property.of("query");
    private static final Property REQUEST_METHOD = Property.of("requestMethod");
    private static final Property HTTP_CONTEXT = Property.of("httpContext");
    private static final Property PATH = Property.of("path");
    private static final Property REQUEST_HEADERS = Property.of("requestHeaders");
    private static final Property REQUEST_URI = Property.of("requestURI");
    private static final Property RAW_QUERY = Property.of("rawQuery");

    @Nullable Object requestMethod(Object request) {
        return METHOD.read(request);
    }

    abstract @Nullable String route(Execution execution, Object request);

    @Nullable Object header(Object request, HttpHeader header) {
        return header.inServlet().read(request);
    }

    @Nullable Object query(Object request) {
        return QUERY_STRING.read(request);
    }

    /**
     * The context path as the application configured it. The context path of the request itself is
     * what the client sent: encoded, and with parameters.
     */
    private static @Nullable Object servletContextPath(Object request) {
        Object context = SERVLET_CONTEXT.read(request);
        return context == null ? null : CONTEXT_PATH.read(context);
    }

    private static String joined(@Nullable Object context, @Nullable Object pattern) {
        String path = context == null ? "" : context.toString();
        return pattern == null ? path : path + "/" + pattern;
    }
}
