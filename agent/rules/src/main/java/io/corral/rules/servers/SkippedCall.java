package io.corral.rules.servers;

import io.corral.rules.language.UnusableValueException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The call of a server's method whose body is skipped, and what the client is told instead. */
final class SkippedCall {

    static final int STATUS = 429;
    static final String RETRY_AFTER = "Retry-After";
    static final String CONTENT_TYPE = "Content-Type";
    static final String TYPE = "text/plain;charset=utf-8";

    private final String method;
    private final Object response;
    private final @Nullable Object self;
    private final @Nullable Object[] arguments;
    private final long retryAfterSeconds;
    private final String message;

    private @Nullable Object result;

    SkippedCall(
            String method,
            Object response,
            @Nullable Object self,
            @Nullable Object[] arguments,
            long retryAfterSeconds,
            String message) {
        this.method = method;
        this.response = response;
        this.self = self;
        this.arguments = arguments;
        this.retryAfterSeconds = retryAfterSeconds;
        this.message = message;
    }

    /** The name of the method. */
    String method() {
        return method;
    }

    /** What the answer begins with. */
    Object response() {
        return response;
    }

    Object self() {
        return present(self);
    }

    Object argument(int index) {
        return present(arguments[index]);
    }

    /** What the method returns; null if it returns nothing. */
    @Nullable Object result() {
        return result;
    }

    void result(Object returned) {
        result = returned;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** The value of {@link #RETRY_AFTER}. */
    String retryAfter() {
        return Long.toString(retryAfterSeconds);
    }

    String message() {
        return message;
    }

    /** The body of the answer. */
    String text() {
        return message + "\n";
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    static Object present(@Nullable Object value) {
        if (value == null) {
            throw new UnusableValueException("a part of the response is missing");
        }
        return value;
    }
}
