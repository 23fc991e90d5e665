package io.corral.rules.servers;

import io.corral.rules.values.PropertyPath;
import io.corral.rules.values.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the object that stands for a request from its beginning to its end. Filters and frameworks
 * pass wrappers of it on, and some servers have several objects for one request.
 */
public final class RequestIdentity {

    /**
     * A line has a type. For a wrapper it has the path to what is wrapped; without one, the type
     * stands for one request only, or for one after another that the server recycles. The first
     * line for a type counts.
     */
    private static final String TABLE = """
            jakarta.servlet.ServletRequestWrapper request
            javax.servlet.ServletRequestWrapper request
            org.apache.catalina.connector.RequestFacade
            org.eclipse.jetty.ee8.nested.Request httpChannel.coreRequest
            org.eclipse.jetty.ee9.nested.Request httpChannel.coreRequest
            org.eclipse.jetty.ee10.servlet.ServletApiRequest request
            org.eclipse.jetty.ee11.servlet.ServletApiRequest request
            org.eclipse.jetty.server.Request$Wrapper wrapped
            org.eclipse.jetty.server.Request
            io.undertow.servlet.spec.HttpServletRequestImpl exchange
            io.undertow.server.HttpServerExchange
            org.springframework.web.server.ServerWebExchange request
            org.springframework.http.server.reactive.ServerHttpRequestDecorator delegate
            org.springframework.http.server.reactive.AbstractServerHttpRequest nativeRequest
            reactor.netty.http.server.HttpServerOperations nettyRequest
            io.netty.handler.codec.http.HttpObjectAggregator$AggregatedFullHttpMessage message
            io.netty.handler.codec.http.HttpRequest
            io.helidon.webserver.http.RoutingRequest
            io.vertx.core.http.HttpServerRequest
            sun.net.httpserver.HttpExchangeImpl
            sun.net.httpserver.HttpsExchangeImpl
            io.grpc.Metadata
            """;

    private static final List<Kind> KINDS = kinds();

    private static final Kind UNKNOWN = new Kind(null, PropertyPath.of(""));

    private static final ClassValue<Kind> KIND_OF = new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            for (Kind kind : KINDS) {
                if (kind.type != null && kind.type.isSupertypeOf(type)) {
                    return kind;
                }
            }
            return UNKNOWN;
        }
    };

    /** Wrappers that wrap each other in a circle end here. */
    private static final int MAX_WRAPPERS = 64;

    private RequestIdentity() {}

    /** @param wrapped empty if the type is no wrapper */
    private record Kind(@Nullable TypeName type, PropertyPath wrapped) {}

    private static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (String line : TABLE.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (!words[0].isEmpty()) {
                kinds.add(new Kind(
                        new TypeName(words[0]), PropertyPath.of(words.length < 2 ? "" : words[1])));
            }
        }
        return kinds;
    }

    /** The request within its wrappers; the innermost wrapper if that can't be read. */
    public static Object of(Object request) {
        Object found = request;
        for (int i = 0; i < MAX_WRAPPERS; i++) {
            Kind kind = KIND_OF.get(found.getClass());
            if (kind.wrapped.isEmpty()) {
                return found;
            }
            Object wrapped = wrapped(kind, found);
            if (wrapped == null) {
                return found;
            }
            found = wrapped;
        }
        return found;
    }

    private static @Nullable Object wrapped(Kind kind, Object wrapper) {
        try {
            return kind.wrapped.read(wrapper);
        } catch (RuntimeException | Error unreadable) {
            // A wrapper of the application may throw anything.
            return null;
        }
    }

    /**
     * Whether the object stands for one request only. Others may be wrappers that Corral can't look
     * through, or be used for the next request.
     *
     * @param request the result of {@link #of}
     */
    public static boolean isKnown(Object request) {
        Kind kind = KIND_OF.get(request.getClass());
        return kind.type != null && kind.wrapped.isEmpty();
    }
}
