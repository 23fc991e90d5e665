package io.corral;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a thread is a member of its container.
 *
 * @param container where the thread is a member, in the hierarchy {@code main}
 * @param rule what decided: the file, the line and the text of a rule of the user or of a default
 *     rule, as in {@code app.rules:2: thread batch-* -> /batch}, as it was then, {@code explicit}
 *     for a direct start, {@code jvm} for a thread of the JVM's own, {@code inherit} for the place
 *     of its starter, {@code attach}, or {@code adopted} for a thread that Corral first saw after
 *     it had started; {@link #UNKNOWN} without the agent and for a virtual thread, for which only
 *     the event {@code corral.VirtualThreadFork} has the rule
 * @param since when the thread was placed; null if the rule is unknown
 */
public record PlacedBy(
        Container container, String rule, @Nullable Instant since) {

    /** The value of {@link #rule} if the rule is unknown. */
    public static final String UNKNOWN = "unknown";

    public PlacedBy {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(rule, "rule");
    }
}
