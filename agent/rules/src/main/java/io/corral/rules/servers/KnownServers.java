package io.corral.rules.servers;

import io.corral.rules.servers.ServerMethod.Role;
import io.corral.rules.values.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The servers that rules for requests know, and their methods. A request passes through several of
 * these methods, and a later one may know the route more precisely.
 */
public final class KnownServers {

    /**
     * A line with {@code reads} says how to read the requests in the lines after it; see
     * {@link HttpDialect}. A line for a method has its role, and where to find things in one
     * execution: {@code exchange}, what leads to the request; {@code request}, what is read;
     * {@code route}; {@code dispatch}, the type of dispatch; {@code type}, the type of the first
     * argument; {@code invocation}, whether the method may block; {@code answer}, how to answer for
     * a request that a limit refuses, and {@code response}, with what. There {@code this},
     * {@code 0} and {@code 1} are the receiver and arguments. Parameters may be left out. See
     * {@link RequestIdentity} for wrappers of requests.
     */
    private static final String HTTP = """
            reads method=method header=getHeader($) query=queryString \
            context=servletContext.contextPath pattern=httpServletMapping?.pattern \
            path=requestURI host=serverName cookies=getHeaders($) principal=userPrincipal.name \
            dispatch=dispatcherType?
            server Tomcat
            begin org.apache.catalina.core.ApplicationFilterChain#doFilter request=0 \
            answer=servlet response=1
            suspend org.apache.catalina.connector.Request#startAsync(ServletRequest,\
            ServletResponse) request=0
            recycle org.apache.catalina.connector.Request#recycle() request=this.facade
            server Jetty
            begin org.eclipse.jetty.ee8.servlet.ServletHolder#handle request=0 \
            answer=servlet response=1
            begin org.eclipse.jetty.ee9.servlet.ServletHolder#handle request=0 \
            answer=servlet response=1
            begin org.eclipse.jetty.ee10.servlet.ServletHolder#handle request=0 \
            answer=servlet response=1
            begin org.eclipse.jetty.ee11.servlet.ServletHolder#handle request=0 \
            answer=servlet response=1
            begin org.eclipse.jetty.ee10.servlet.ServletHandler$MappedServlet#handle(\
            ServletHandler,String,HttpServletRequest,HttpServletResponse) request=2 \
            answer=servlet response=3
            begin org.eclipse.jetty.ee11.servlet.ServletHandler$MappedServlet#handle(\
            ServletHandler,String,HttpServletRequest,HttpServletResponse) request=2 \
            answer=servlet response=3
            begin org.eclipse.jetty.servlet.ServletHolder#handle(Request,ServletRequest,\
            ServletResponse) request=0 answer=servlet response=2
            suspend org.eclipse.jetty.ee8.nested.Request#startAsync() request=this
            suspend org.eclipse.jetty.ee8.nested.Request#startAsync(ServletRequest,\
            ServletResponse) request=this
            suspend org.eclipse.jetty.ee9.nested.Request#startAsync() request=this
            suspend org.eclipse.jetty.ee9.nested.Request#startAsync(ServletRequest,\
            ServletResponse) request=this
            suspend org.eclipse.jetty.ee10.servlet.ServletApiRequest#startAsync() request=this
            suspend org.eclipse.jetty.ee10.servlet.ServletApiRequest#startAsync(ServletRequest,\
            ServletResponse) request=this
            suspend org.eclipse.jetty.ee11.servlet.ServletApiRequest#startAsync() request=this
            suspend org.eclipse.jetty.ee11.servlet.ServletApiRequest#startAsync(ServletRequest,\
            ServletResponse) request=this
            suspend org.eclipse.jetty.server.Request#startAsync() request=this
            suspend org.eclipse.jetty.server.Request#startAsync(ServletRequest,\
            ServletResponse) request=this
            recycle org.eclipse.jetty.server.Request#recycle() request=this
            recycle org.eclipse.jetty.server.HttpChannel#onCompleted() request=this.request
            recycle org.eclipse.jetty.server.internal.HttpChannelState#completeStream(HttpStream,\
            Throwable) request=this._request
            recycle org.eclipse.jetty.server.internal.HttpChannelState$HandlerInvoker#\
            completeStream(HttpStream,Throwable) request=this.this$0._request
            recycle org.eclipse.jetty.server.internal.HttpChannelState#recycle() \
            request=this._request
            server Undertow
            begin io.undertow.servlet.handlers.ServletInitialHandler#handleFirstRequest \
            request=1.servletRequest answer=servlet response=1.servletResponse
            begin io.undertow.servlet.handlers.ServletInitialHandler#dispatchRequest \
            request=1.servletRequest dispatch=3 answer=servlet response=1.servletResponse
            begin io.undertow.servlet.handlers.FilterHandler$FilterChainImpl#doFilter request=0 \
            answer=servlet response=1
            suspend io.undertow.servlet.spec.HttpServletRequestImpl#startAsync() request=this
            suspend io.undertow.servlet.spec.HttpServletRequestImpl#startAsync(ServletRequest,\
            ServletResponse) request=this

            reads method=method header=getHeader($) query=queryString \
            context=servletContext.contextPath path=requestURI host=serverName \
            cookies=getHeaders($) principal=userPrincipal.name \
            dispatch=dispatcherType?
            server Jetty
            begin org.eclipse.jetty.server.Server#handle(HttpChannel) request=0.request \
            answer=jetty_channel response=0
            begin org.eclipse.jetty.server.Server#handleAsync(HttpChannel) request=0.request
            begin org.eclipse.jetty.server.handler.ContextHandler#handle(Request,Runnable) request=0

            reads method=method header=headers.get($) query=httpURI.query path=httpURI.path \
            host=httpURI.host cookies=headers.getValuesList($)
            begin org.eclipse.jetty.server.Server#handle(Request,Response,Callback) request=0 \
            invocation=this.invocationType? answer=jetty_core response=1
            begin org.eclipse.jetty.server.handler.ContextHandler#handle(Request,Response,\
            Callback) request=0 route=this.contextPath answer=jetty_core response=1

            reads method=requestMethod header=requestHeaders.getFirst($) query=queryString \
            path=requestURI host=hostName cookies=requestHeaders.get($)
            server Undertow
            begin io.undertow.server.Connectors#executeRootHandler(HttpHandler,HttpServerExchange) \
            exchange=1 request=1 answer=undertow response=1
            end io.undertow.server.HttpServerExchange#invokeExchangeCompleteListeners() \
            exchange=this

            reads method=method header=getHeader($) query=queryString \
            context=servletContext.contextPath pattern=getAttribute(\
            org.springframework.web.servlet.HandlerMapping.bestMatchingPattern) \
            path=requestURI host=serverName cookies=getHeaders($) principal=userPrincipal.name \
            dispatch=dispatcherType?
            server Spring_MVC
            refine org.springframework.web.servlet.mvc.method.AbstractHandlerMethodAdapter#handle \
            request=0 answer=servlet response=1
            refine org.springframework.web.servlet.function.support.HandlerFunctionAdapter#handle \
            request=0 answer=servlet response=1
            refine org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter#handle request=0 \
            answer=servlet response=1
            refine org.springframework.web.servlet.mvc.SimpleControllerHandlerAdapter#handle \
            request=0 answer=servlet response=1

            reads method=request.method header=request.headers.getFirst($) \
            query=request.URI.rawQuery context=request.path.contextPath.value \
            pattern=getAttribute(\
            org.springframework.web.reactive.HandlerMapping.bestMatchingPattern) \
            path=request.URI.rawPath host=request.URI.host cookies=request.headers.get($)
            server Spring_WebFlux
            prepare org.springframework.web.reactive.result.method.annotation.\
            RequestMappingHandlerAdapter#handle(ServerWebExchange,Object) request=0
            prepare org.springframework.web.reactive.function.server.support.\
            HandlerFunctionAdapter#handle(ServerWebExchange,Object) request=0
            prepare org.springframework.web.reactive.result.SimpleHandlerAdapter#handle(\
            ServerWebExchange,Object) request=0

            reads method=method header=headers.get($) uri=uri cookies=headers.getAll($)
            server Netty
            begin io.netty.channel.AbstractChannelHandlerContext#invokeChannelRead(Object) \
            type=io.netty.handler.codec.http.HttpRequest exchange=this request=0 \
            answer=netty response=this
            continue io.netty.channel.AbstractChannelHandlerContext#invokeChannelRead(Object) \
            type=io.netty.handler.codec.http.HttpContent exchange=this \
            answer=netty_content response=this
            begin io.netty.channel.AbstractChannelHandlerContext#fireChannelRead(Object) \
            type=io.netty.handler.codec.http.HttpRequest exchange=this request=0 \
            answer=netty response=this
            continue io.netty.channel.AbstractChannelHandlerContext#fireChannelRead(Object) \
            type=io.netty.handler.codec.http.HttpContent exchange=this \
            answer=netty_content response=this

            reads method=prologue.method.text header=headers.first(\
            $=io.helidon.http.HeaderNames#create) query=query.rawValue \
            path=prologue.uriPath.rawPath host=authority \
            cookies=headers.find($=io.helidon.http.HeaderNames#create).allValues
            server Helidon
            begin io.helidon.webserver.http.HttpRoutingImpl#route(ConnectionContext,RoutingRequest,\
            RoutingResponse) request=1 answer=helidon response=2

            reads method=method header=getHeader($) query=query path=path host=authority?.host \
            cookies=headers.getAll($)
            server Vert.x
            begin io.vertx.core.http.impl.Http1xServerRequest#handleBegin exchange=this.context \
            request=this
            begin io.vertx.core.http.impl.Http2ServerRequest#dispatch exchange=this.context \
            request=this answer=vertx response=this.response
            continue io.vertx.core.impl.DuplicatedContext#emit(Object,Handler) exchange=this
            continue io.vertx.core.impl.DuplicatedContext#execute(Object,Handler) exchange=this
            continue io.vertx.core.impl.DuplicatedContext#execute(Runnable) exchange=this
            continue io.vertx.core.impl.ContextBase#emit(Object,Handler) exchange=this
            continue io.vertx.core.impl.ContextBase#execute(Object,Handler) exchange=this
            continue io.vertx.core.impl.ContextBase#execute(Runnable) exchange=this
            continue io.vertx.core.impl.ContextInternal#dispatch exchange=this
            continue io.vertx.core.internal.ContextInternal#dispatch exchange=this
            continue io.vertx.core.impl.future.FutureBase#emitSuccess exchange=this.context
            continue io.vertx.core.impl.future.FutureBase#emitFailure exchange=this.context
            continue io.vertx.core.impl.future.FutureBase#emitResult exchange=this.context

            reads method=requestMethod header=requestHeaders.getFirst($) query=requestURI.rawQuery \
            context=httpContext.path path=requestURI.rawPath cookies=requestHeaders.get($) \
            principal=principal.username
            server the_JDK's_HttpServer
            begin com.sun.net.httpserver.Filter$Chain#doFilter request=0 answer=jdk response=0
            """;

    private static final String GRPC = """
            reads header=get($=io.grpc.Metadata$Key#of,io.grpc.Metadata#ASCII_STRING_MARSHALLER)
            server gRPC
            begin io.grpc.internal.ServerImpl$ServerTransportListenerImpl#startWrappedCall(String,\
            ServerCallParameters,Metadata) exchange=1.call.stream request=2 route=0 \
            answer=grpc response=1.call
            begin io.grpc.internal.ServerImpl$ServerTransportListenerImpl#startWrappedCall(String,\
            ServerMethodDefinition,ServerStream,Metadata,CancellableContext,Tag) exchange=2 \
            request=3 route=0 answer=grpc response=2
            continue io.grpc.internal.ServerCallImpl$ServerStreamListenerImpl#messagesAvailable(\
            MessageProducer) exchange=this.call.stream
            continue io.grpc.internal.ServerCallImpl$ServerStreamListenerImpl#halfClosed() \
            exchange=this.call.stream
            continue io.grpc.internal.ServerCallImpl$ServerStreamListenerImpl#onReady() \
            exchange=this.call.stream
            end io.grpc.internal.ServerCallImpl$ServerStreamListenerImpl#closed(Status) \
            exchange=this.call.stream
            """;

    private KnownServers() {}

    /** The methods for {@code enter http}. */
    public static List<ServerMethod> http() {
        return parse(HTTP);
    }

    /** The methods for {@code enter grpc}. */
    public static List<ServerMethod> grpc() {
        return parse(GRPC);
    }

    private static List<ServerMethod> parse(String table) {
        List<ServerMethod> methods = new ArrayList<>();
        String server = "";
        HttpDialect dialect = new HttpDialect();
        for (String line : table.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "" -> {
                    // An empty line separates parts of the table.
                }
                case "server" -> server = name(line);
                case "reads" -> dialect = new HttpDialect(words);
                default -> methods.add(method(server, hasEnd(table, server), dialect, words));
            }
        }
        return List.copyOf(methods);
    }

    private static boolean hasEnd(String table, String server) {
        String section = "";
        for (String line : table.split("\n", -1)) {
            if (line.startsWith("server ")) {
                section = name(line);
            } else if (line.startsWith("end ") && section.equals(server)) {
                return true;
            }
        }
        return false;
    }

    private static String name(String line) {
        return line.substring("server ".length()).replace('_', ' ');
    }

    private static ServerMethod method(
            String server, boolean endIsKnown, HttpDialect dialect, String[] words) {
        Role role = Role.valueOf(words[0].toUpperCase(Locale.ROOT));
        int hash = words[1].indexOf('#');
        int open = words[1].indexOf('(');
        String type = option("type=", words);
        String answer = option("answer=", words);
        return new ServerMethod(
                server,
                role,
                words[1].substring(0, hash),
                words[1].substring(hash + 1, open < 0 ? words[1].length() : open),
                open < 0 ? null : types(words[1].substring(open + 1, words[1].length() - 1)),
                type == null ? null : new TypeName(type),
                path("exchange=", words),
                path("request=", words),
                path("dispatch=", words),
                path("route=", words),
                path("invocation=", words),
                answer == null ? null : Answer.valueOf(answer.toUpperCase(Locale.ROOT)),
                path("response=", words),
                endIsKnown,
                dialect);
    }

    private static List<String> types(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
    }

    private static @Nullable ExecutionPath path(String key, String[] words) {
        String path = option(key, words);
        return path == null ? null : new ExecutionPath(path);
    }

    static @Nullable String option(String key, String[] words) {
        for (String word : words) {
            if (word.startsWith(key)) {
                return word.substring(key.length());
            }
        }
        return null;
    }
}
