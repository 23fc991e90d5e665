package io.corral.rules.servers;

import io.corral.rules.language.UnusableValueException;
import io.corral.rules.values.MethodCall;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of server answers for a request that a limit refuses: at once, and without an error
 * page, which would run code of the application.
 */
enum Answer {
    /** A response of the servlet API, of which a filter may have made a wrapper. */
    SERVLET {
        @Override
        boolean give(Call call) throws InvocationTargetException {
            if (Boolean.TRUE.equals(MethodCall.on(call.response, "isCommitted"))) {
                return false;
            }
            MethodCall.on(call.response, "resetBuffer");
            Object body = body(call.response);
            MethodCall.on(call.response, "setStatus", STATUS);
            MethodCall.on(call.response, "setHeader", RETRY_AFTER, call.retryAfter());
            MethodCall.on(call.response, "setContentType", TYPE);
            if (body instanceof java.io.Writer) {
                MethodCall.on(body, "write", call.text());
            } else {
                MethodCall.on(body, "write", call.bytes());
            }
            return true;
        }

        /** A stream; a writer, if a filter has asked for one already. */
        private Object body(Object response) throws InvocationTargetException {
            try {
                return present(MethodCall.on(response, "getOutputStream"));
            } catch (InvocationTargetException thrown) {
                return present(MethodCall.on(response, "getWriter"));
            }
        }
    },

    JETTY_CORE {
        @Override
        boolean give(Call call) throws InvocationTargetException {
            if (Boolean.TRUE.equals(MethodCall.on(call.response, "isCommitted"))) {
                return false;
            }
            MethodCall.on(call.response, "setStatus", STATUS);
            Object headers = present(MethodCall.on(call.response, "getHeaders"));
            MethodCall.on(headers, "put", RETRY_AFTER, call.retryAfter());
            MethodCall.on(headers, "put", CONTENT_TYPE, TYPE);
            Object callback = present(call.arguments[2]);
            MethodCall.on(call.response, "write", true, ByteBuffer.wrap(call.bytes()), callback);
            call.result = true;
            return true;
        }
    };

    private static final int STATUS = 429;
    private static final String RETRY_AFTER = "Retry-After";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String TYPE = "text/plain;charset=utf-8";

    /**
     * Gives the answer.
     *
     * @return false if it is too late for one
     * @throws UnusableValueException if the server is not as expected
     * @throws InvocationTargetException what the server throws
     */
    abstract boolean give(Call call) throws InvocationTargetException;

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new UnusableValueException("the response is incomplete");
        }
        return value;
    }

    /** The call of a server's method that is skipped. */
    static final class Call {

        private final Object response;
        private final @Nullable Object[] arguments;
        private final long retryAfterSeconds;
        private final String message;

        /** What the method returns. */
        private @Nullable Object result;

        Call(
                Object response,
                @Nullable Object[] arguments,
                long retryAfterSeconds,
                String message) {
            this.response = response;
            this.arguments = arguments;
            this.retryAfterSeconds = retryAfterSeconds;
            this.message = message;
        }

        @Nullable Object result() {
            return result;
        }

        private String retryAfter() {
            return Long.toString(retryAfterSeconds);
        }

        private String text() {
            return message + "\n";
        }

        private byte[] bytes() {
            return text().getBytes(StandardCharsets.UTF_8);
        }
    }
}
