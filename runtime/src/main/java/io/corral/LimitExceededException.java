package io.corral;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A limit has refused a request: {@link Container#admit()}. Nothing is counted or charged. */
public final class LimitExceededException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Container container;
    private final String control;
    private final long limit;
    private final long use;
    private final Duration retryAfter;

    /** See the methods of the same names. */
    public LimitExceededException(
            String message,
            @Nullable Container container,
            String control,
            long limit,
            long use,
            Duration retryAfter) {
        super(message);
        this.container = container;
        this.control = control;
        this.limit = limit;
        this.use = use;
        this.retryAfter = retryAfter;
    }

    /** The container whose limit it was. Null in a deserialized exception. */
    public @Nullable Container container() {
        return container;
    }

    /** The limit as the rules file calls it, such as {@code requests.max}. */
    public String control() {
        return control;
    }

    /** The value of the limit, in the unit of {@link LimitExceeded#limit}. */
    public long limit() {
        return limit;
    }

    /** What was in use when the request was refused, in the same unit. */
    public long use() {
        return use;
    }

    /** The time after which another attempt may succeed. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
