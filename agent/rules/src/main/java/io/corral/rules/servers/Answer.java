package io.corral.rules.servers;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.values.MethodCall;

import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;

/**
 * How a kind of server answers for a request that a limit refuses: at once, and without an error
 * page, which would run code of the application.
 */
enum Answer {
    /** Begins with a response of the servlet API, of which a filter may have made a wrapper. */
    SERVLET {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            return giveServlet(call, call.response());
        }
    },

    /** Begins with the channel of Jetty 9 to 11. */
    JETTY_CHANNEL {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            Object response = SkippedCall.present(MethodCall.on(call.response(), "getResponse"));
            boolean isGiven = giveServlet(call, response);
            if (isGiven) {
                Object request = SkippedCall.present(MethodCall.on(call.response(), "getRequest"));
                MethodCall.on(request, "setHandled", true);
            }
            return isGiven;
        }
    },

    /** Begins with the response of Jetty 12. The third argument is told that it is complete. */
    JETTY_CORE {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            if (isTrue(call.response(), "isCommitted")) {
                return false;
            }
            MethodCall.on(call.response(), "setStatus", SkippedCall.STATUS);
            Object headers = SkippedCall.present(MethodCall.on(call.response(), "getHeaders"));
            MethodCall.on(headers, "put", SkippedCall.RETRY_AFTER, call.retryAfter());
            MethodCall.on(headers, "put", SkippedCall.CONTENT_TYPE, SkippedCall.TYPE);
            ByteBuffer body = ByteBuffer.wrap(call.bytes());
            MethodCall.on(call.response(), "write", true, body, call.argument(2));
            call.result(true);
            return true;
        }
    },

    /** Begins with Undertow's exchange. */
    UNDERTOW {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            Object exchange = call.response();
            if (isTrue(exchange, "isResponseStarted")) {
                return false;
            }
            Object headers = SkippedCall.present(MethodCall.on(exchange, "getResponseHeaders"));
            Object sender = SkippedCall.present(MethodCall.on(exchange, "getResponseSender"));
            MethodCall.on(exchange, "setStatusCode", SkippedCall.STATUS);
            MethodCall.on(
                    headers, "put", name(headers, SkippedCall.RETRY_AFTER), call.retryAfter());
            MethodCall.on(
                    headers, "put", name(headers, SkippedCall.CONTENT_TYPE), SkippedCall.TYPE);
            MethodCall.on(sender, "send", call.text());
            return true;
        }

        private Object name(Object headers, String name) throws InvocationTargetException {
            return LibraryClass.of(headers, "io.undertow.util.HttpString").create(name);
        }
    },

    /** Begins with Helidon's response. */
    HELIDON {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            Object response = call.response();
            if (isTrue(response, "isSent")) {
                return false;
            }
            MethodCall.on(response, "status", SkippedCall.STATUS);
            MethodCall.on(
                    response, "header", SkippedCall.RETRY_AFTER, new String[] {call.retryAfter()});
            MethodCall.on(
                    response, "header", SkippedCall.CONTENT_TYPE, new String[] {SkippedCall.TYPE});
            MethodCall.on(response, "send", call.bytes());
            return true;
        }
    },

    /** Begins with the response of Vert.x. */
    VERTX {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            Object response = call.response();
            if (isTrue(response, "headWritten")) {
                return false;
            }
            MethodCall.on(response, "setStatusCode", SkippedCall.STATUS);
            MethodCall.on(response, "putHeader", SkippedCall.RETRY_AFTER, call.retryAfter());
            MethodCall.on(response, "putHeader", SkippedCall.CONTENT_TYPE, SkippedCall.TYPE);
            MethodCall.on(response, "end", call.text());
            return true;
        }
    },

    /** Begins with the exchange of the JDK's server. */
    JDK {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            Object exchange = call.response();
            if ((int) SkippedCall.present(MethodCall.on(exchange, "getResponseCode")) > 0) {
                return false;
            }
            Object headers = SkippedCall.present(MethodCall.on(exchange, "getResponseHeaders"));
            MethodCall.on(headers, "set", SkippedCall.RETRY_AFTER, call.retryAfter());
            MethodCall.on(headers, "set", SkippedCall.CONTENT_TYPE, SkippedCall.TYPE);
            byte[] body = call.bytes();
            MethodCall.on(exchange, "sendResponseHeaders", SkippedCall.STATUS, (long) body.length);
            Object out = SkippedCall.present(MethodCall.on(exchange, "getResponseBody"));
            MethodCall.on(out, "write", body);
            // Reads the rest of the request.
            MethodCall.on(exchange, "close");
            return true;
        }
    },

    /** Begins with the context of the handler that would pass the request on. */
    NETTY {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            return NettyAnswer.give(call);
        }
    },

    /** Drops a part of the body of a request that was refused. */
    NETTY_CONTENT {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            NettyAnswer.drop(call);
            return true;
        }
    },

    /** Begins with the call, or with the stream of older versions. */
    GRPC {
        @Override
        boolean give(SkippedCall call) throws InvocationTargetException {
            GrpcAnswer.give(call);
            return true;
        }
    };

    /**
     * Gives the answer.
     *
     * @return false if it is too late for one
     * @throws UnusableValueException if the server is not as expected
     * @throws InvocationTargetException what the server throws
     */
    abstract boolean give(SkippedCall call) throws InvocationTargetException;

    private static boolean giveServlet(SkippedCall call, Object response)
            throws InvocationTargetException {
        if (isTrue(response, "isCommitted")) {
            return false;
        }
        MethodCall.on(response, "resetBuffer");
        Object body = servletBody(response);
        MethodCall.on(response, "setStatus", SkippedCall.STATUS);
        MethodCall.on(response, "setHeader", SkippedCall.RETRY_AFTER, call.retryAfter());
        MethodCall.on(response, "setContentType", SkippedCall.TYPE);
        if (body instanceof Writer) {
            MethodCall.on(body, "write", call.text());
        } else {
            MethodCall.on(body, "write", call.bytes());
        }
        return true;
    }

    /** A stream; a writer, if a filter has asked for one already. */
    private static Object servletBody(Object response) throws InvocationTargetException {
        try {
            return SkippedCall.present(MethodCall.on(response, "getOutputStream"));
        } catch (InvocationTargetException thrown) {
            return SkippedCall.present(MethodCall.on(response, "getWriter"));
        }
    }

    private static boolean isTrue(Object of, String method) throws InvocationTargetException {
        return Boolean.TRUE.equals(MethodCall.on(of, method));
    }
}
