package io.corral;

import org.jspecify.annotations.Nullable;

/**
 * Why a {@link Subsystem} refuses.
 *
 * @param reason a sentence for the user, with the numbers
 * @param limitedBy the container whose limit was hit, or null if it is no limit
 * @param limit that limit, or {@link Usage#UNKNOWN}
 */
public record Refusal(String reason, @Nullable Container limitedBy, long limit) {

    /** A refusal that is no container's limit. */
    public static Refusal because(String reason) {
        return new Refusal(reason, null, Usage.UNKNOWN);
    }
}
