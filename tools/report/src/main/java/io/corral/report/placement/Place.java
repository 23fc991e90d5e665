package io.corral.report.placement;

import org.jspecify.annotations.Nullable;

/**
 * Where a sample belongs.
 *
 * @param container the path of the container; null if it is not known
 * @param unplaced why it is not known; null if it is
 */
public record Place(@Nullable String container, @Nullable UnplacedReason unplaced) {

    static Place in(String container) {
        return new Place(container, null);
    }

    static Place unknown(UnplacedReason why) {
        return new Place(null, why);
    }
}
