package io.corral.runtime.control;

import io.corral.runtime.container.NodeControl;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The limits that hold for a container: its own and those of the containers above it. */
final class LimitChain implements NodeControl {

    static final ContainerControl[] NO_DOORS = {};

    static final LimitChain EMPTY = new LimitChain(null, NO_DOORS, NO_DOORS, null);

    /** The container's own limits; not null from its first limit on. */
    final @Nullable ContainerControl own;

    /** The limits at whose doors a request passes, innermost first. */
    final ContainerControl[] doors;

    /** The limits of threads, innermost first. */
    final ContainerControl[] threadLimits;

    /** The container that is fair, itself or above; fair containers don't nest. */
    final @Nullable ContainerControl fair;

    private LimitChain(
            @Nullable ContainerControl own,
            ContainerControl[] doors,
            ContainerControl[] threadLimits,
            @Nullable ContainerControl fair) {
        this.own = own;
        this.doors = doors;
        this.threadLimits = threadLimits;
        this.fair = fair;
    }

    /** A call initializes this class. */
    static void initialize() {}

    /** @param settings those of {@code own} */
    static LimitChain of(@Nullable ContainerControl own, LimitSettings settings, LimitChain above) {
        if (own == null) {
            return above.own == null
                    ? above
                    : new LimitChain(null, above.doors, above.threadLimits, above.fair);
        }
        return new LimitChain(
                own,
                settings.haveDoor() ? prepend(own, above.doors) : above.doors,
                settings.threadsMax() != null
                        ? prepend(own, above.threadLimits)
                        : above.threadLimits,
                settings.enforceFair() ? own : above.fair);
    }

    private static ContainerControl[] prepend(ContainerControl first, ContainerControl[] rest) {
        ContainerControl[] all = new ContainerControl[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** The elements of both. */
    static ContainerControl[] join(ContainerControl[] some, ContainerControl[] others) {
        if (some.length == 0) {
            return others;
        }
        if (others.length == 0) {
            return some;
        }
        ContainerControl[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }
}
