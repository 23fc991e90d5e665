package io.corral.rules.servers;

import io.corral.rules.values.MethodCall;
import io.corral.rules.values.PropertyPath;
import io.corral.rules.values.TypeName;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the place of Netty's handlers that have not seen the request. Those that have seen it
 * see the answer, since they may count requests and answers.
 */
final class NettyAnswer {

    private static final String HTTP = "io.netty.handler.codec.http.";
    private static final String STREAM_ID = "x-http2-stream-id";

    /** The requests that the codec has read and not answered. */
    private static final PropertyPath OF_CODEC = PropertyPath.of("handler.queue?");

    /** The request that Vert.x answers on the connection. */
    private static final PropertyPath OF_VERTX =
            PropertyPath.of("handler.connection?.responseInProgress?");

    private static final PropertyPath NEXT = PropertyPath.of("next");
    private static final PropertyPath HANDLER = PropertyPath.of("handler");
    private static final TypeName INBOUND = new TypeName("io.netty.channel.ChannelInboundHandler");

    private NettyAnswer() {}

    /** @return false if an earlier request of the connection has no answer yet */
    static boolean give(SkippedCall call) throws InvocationTargetException {
        Object context = call.response();
        Object request = call.argument(0);
        if (isBehindAnother(context)) {
            return false;
        }
        Object response = response(call, request);
        boolean isKept = !expectsContinue(request)
                && Boolean.TRUE.equals(
                        LibraryClass.of(request, HTTP + "HttpUtil").call("isKeepAlive", request));
        LibraryClass.of(request, HTTP + "HttpUtil").call("setKeepAlive", response, isKept);
        Object answers = isPassedOn(call) ? nextInbound(context) : context;
        Object written = SkippedCall.present(MethodCall.on(answers, "writeAndFlush", response));
        if (!isKept) {
            Object close = LibraryClass.of(context, "io.netty.channel.ChannelFutureListener")
                    .constant("CLOSE");
            MethodCall.on(written, "addListener", close);
        }
        drop(call);
        return true;
    }

    /** Releases a message of a request that was refused, and has the next one read. */
    static void drop(SkippedCall call) throws InvocationTargetException {
        Object context = call.self();
        LibraryClass.of(context, "io.netty.util.ReferenceCountUtil")
                .call("release", call.argument(0));
        Object channel = SkippedCall.present(MethodCall.on(context, "channel"));
        Object config = SkippedCall.present(MethodCall.on(channel, "config"));
        if (Boolean.FALSE.equals(MethodCall.on(config, "isAutoRead"))) {
            // A handler that has not seen the request does not ask for more.
            MethodCall.on(context, "read");
        }
        if (isPassedOn(call)) {
            call.result(context);
        }
    }

    /** Whether the context's own handler passes the message on, and so has seen it. */
    private static boolean isPassedOn(SkippedCall call) {
        return call.method().equals("fireChannelRead");
    }

    /** The handler that would get the message. */
    private static Object nextInbound(Object context) {
        Object next = SkippedCall.present(NEXT.read(context));
        while (!INBOUND.isTypeOf(SkippedCall.present(HANDLER.read(next)))) {
            next = SkippedCall.present(NEXT.read(next));
        }
        return next;
    }

    private static boolean isBehindAnother(Object context) {
        Object queue = OF_CODEC.read(context);
        if (queue instanceof Collection<?> requests && requests.size() > 1) {
            return true;
        }
        for (Object each = context; each != null; each = NEXT.read(each)) {
            if (OF_VERTX.read(each) != null) {
                return true;
            }
        }
        return false;
    }

    private static Object response(SkippedCall call, Object request)
            throws InvocationTargetException {
        Object status = SkippedCall.present(LibraryClass.of(request, HTTP + "HttpResponseStatus")
                .call("valueOf", SkippedCall.STATUS));
        Object version = LibraryClass.of(request, HTTP + "HttpVersion").constant("HTTP_1_1");
        byte[] bytes = call.bytes();
        Object body = SkippedCall.present(LibraryClass.of(request, "io.netty.buffer.Unpooled")
                .call("wrappedBuffer", (Object) bytes));
        Object response = LibraryClass.of(request, HTTP + "DefaultFullHttpResponse")
                .create(version, status, body);
        Object headers = SkippedCall.present(MethodCall.on(response, "headers"));
        MethodCall.on(headers, "set", SkippedCall.RETRY_AFTER, (Object) call.retryAfter());
        MethodCall.on(headers, "set", SkippedCall.CONTENT_TYPE, SkippedCall.TYPE);
        MethodCall.on(headers, "set", "Content-Length", Integer.toString(bytes.length));
        Object stream = header(request, STREAM_ID);
        if (stream != null) {
            MethodCall.on(headers, "set", STREAM_ID, stream);
        }
        return response;
    }

    /** Such a client may send no body after this answer, and the codec would wait for it. */
    private static boolean expectsContinue(Object request) throws InvocationTargetException {
        return header(request, "Expect") != null;
    }

    private static @Nullable Object header(Object request, String name)
            throws InvocationTargetException {
        return MethodCall.on(SkippedCall.present(MethodCall.on(request, "headers")), "get", name);
    }
}
