package io.corral.runtime.control;

import io.corral.Limits;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a parent's {@code requests.max} that each fair child may have when the places run
 * out. Called by the tick.
 */
final class ParentShares {

    private ParentShares() {}

    /** @param children fair containers that have requests */
    static void set(List<ContainerControl> children) {
        IdentityHashMap<ContainerControl, Long> weights = new IdentityHashMap<>();
        for (ContainerControl each : children) {
            ContainerControl parent = limitedParent(each);
            if (parent != null) {
                weights.merge(parent, (long) each.weight(), Long::sum);
            }
        }
        for (ContainerControl each : children) {
            ContainerControl parent = limitedParent(each);
            Long sum = parent == null ? null : weights.get(parent);
            each.places.shareOfParent = parent == null || sum == null
                    ? Limits.UNLIMITED
                    : Math.max(1, parent.places.max() * each.weight() / sum);
        }
    }

    private static @Nullable ContainerControl limitedParent(ContainerControl child) {
        ContainerControl[] doors = Control.chain(child.container()).doors;
        return doors.length > 1 && doors[1].places.max() != Limits.UNLIMITED ? doors[1] : null;
    }
}
