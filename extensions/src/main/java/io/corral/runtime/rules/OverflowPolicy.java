package io.corral.runtime.rules;

import io.corral.runtime.container.Combinations;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.Membership;

import org.jspecify.annotations.Nullable;

/** What a rule does once the cap on {@link Combinations} is reached. */
final class OverflowPolicy {

    /**
     * The policy for a container that code named when it started the thread: it is never replaced.
     */
    static final OverflowPolicy BY_CODE = new OverflowPolicy(null, null);

    /** Null for a rule without a path. */
    private final @Nullable PathTemplate<?> template;

    private final @Nullable RuleWarnings warnings;

    private volatile @Nullable ContainerNode overflow;

    OverflowPolicy(@Nullable PathTemplate<?> template, @Nullable RuleWarnings warnings) {
        this.template = template;
        this.warnings = warnings;
    }

    /**
     * If the combination of the found containers is new and the cap on {@link Combinations} is
     * reached, replaces each container that a placeholder has named by its rule's {@code other}.
     *
     * @param place where the thread or execution is now
     * @param found each of another hierarchy; replaced where there is no room
     * @param policies the rules that found them
     * @return false if there is no room with {@code other} either: the thread stays where it is
     */
    static boolean makeRoom(
            Membership place, ContainerNode[] found, OverflowPolicy[] policies, int count) {
        if (Combinations.areKnown(place, found, count)) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            found[i] = policies[i].overflow(found[i]);
        }
        if (Combinations.areKnown(place, found, count)
                || areBoundedWith(place, found, policies, count)) {
            warnOfOverflow(found, policies, count);
            return true;
        }
        warnOfNoRoom(policies, count);
        return false;
    }

    private static void warnOfOverflow(
            ContainerNode[] found, OverflowPolicy[] policies, int count) {
        for (int i = 0; i < count; i++) {
            RuleWarnings warnings = policies[i].warnings;
            if (warnings != null && policies[i].hasPlaceholder()) {
                warnings.overflowed(found[i]);
            }
        }
    }

    private static void warnOfNoRoom(OverflowPolicy[] policies, int count) {
        for (int i = 0; i < count; i++) {
            RuleWarnings warnings = policies[i].warnings;
            if (warnings != null) {
                warnings.noRoom();
            }
        }
    }

    /**
     * Whether the rules file bounds the number of such combinations. Rules' containers are fixed or
     * {@code other} by now; besides them, at most one container may be left.
     */
    private static boolean areBoundedWith(
            Membership place, ContainerNode[] found, OverflowPolicy[] policies, int count) {
        ContainerNode[] others = new ContainerNode[count];
        for (int i = 0; i < count; i++) {
            others[i] = policies[i].template == null
                    ? found[i]
                    : found[i].hierarchy().root();
        }
        return !Combinations.combines(place, others, count);
    }

    private boolean hasPlaceholder() {
        return template != null && !template.isFixed();
    }

    private ContainerNode overflow(ContainerNode found) {
        if (template == null || template.isFixed()) {
            return found;
        }
        ContainerNode known = overflow;
        if (known == null || known.isRemoved()) {
            try {
                known = template.overflow(found.hierarchy());
                overflow = known;
            } catch (ContainerRemovedException meanwhile) {
                // This exceeds the cap by one.
                return found;
            }
        }
        return known;
    }
}
