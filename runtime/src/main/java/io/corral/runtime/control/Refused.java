package io.corral.runtime.control;

import io.corral.runtime.container.ContainerNode;
import java.math.BigDecimal;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Why a request was not let in. */
public final class Refused {

    /** A time that no client waits for, in place of more. */
    private static final long MAX_RETRY_SECONDS = 60;

    private final ContainerNode container;
    private final String control;
    private final long limit;
    private final long use;
    private final long retryAfterNanos;

    /** Written and read by the thread that is refused. */
    private @Nullable Object result;

    Refused(ContainerNode container, String control, long limit, long use, long retryAfterNanos) {
        this.container = container;
        this.control = control;
        this.limit = limit;
        this.use = use;
        this.retryAfterNanos = retryAfterNanos;
    }

    /** The container whose limit it was. */
    public ContainerNode container() {
        return container;
    }

    /** The limit as the rules file calls it. */
    public String control() {
        return control;
    }

    /** See {@link io.corral.LimitExceeded#limit}. */
    public long limit() {
        return limit;
    }

    public long use() {
        return use;
    }

    public long retryAfterNanos() {
        return retryAfterNanos;
    }

    /**
     * Whole seconds for the client, at least 1. Up to twice the time, by chance: clients that were
     * refused together must not come back together.
     */
    public long retryAfterSeconds() {
        long least = leastSeconds(retryAfterNanos);
        return least + ThreadLocalRandom.current().nextLong(least + 1);
    }

    /** The mean of {@link #retryAfterSeconds}, in nanoseconds. */
    static double meanRetryNanos(long retryAfterNanos) {
        return 1.5 * TimeUnit.SECONDS.toNanos(leastSeconds(retryAfterNanos));
    }

    private static long leastSeconds(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos + 999_999_999L);
        return Math.min(MAX_RETRY_SECONDS, Math.max(1, seconds));
    }

    /** What the method that is skipped returns; null if it returns nothing. */
    public @Nullable Object result() {
        return result;
    }

    /** Called by the thread that is refused, when the client has its answer. */
    public void result(@Nullable Object ofSkippedMethod) {
        result = ofSkippedMethod;
    }

    /** A sentence for the client and the log. */
    public String message() {
        String what = switch (control) {
            case LimitNames.REQUESTS_MAX -> use + " of " + limit + " requests";
            case LimitNames.CPU_MAX -> "the quota of " + percent() + "% CPU is used";
            default -> "its share of the CPU is used";
        };
        return "limit " + control + " of container " + container.path() + " is exceeded: " + what;
    }

    /** The quota in percent of one CPU, to a thousandth. */
    private String percent() {
        return BigDecimal.valueOf(Math.round(limit / 10_000.0), 3)
                .stripTrailingZeros()
                .toPlainString();
    }
}
