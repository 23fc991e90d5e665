package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.PlacementCache;

import org.jspecify.annotations.Nullable;

/**
 * Where a thread is born, and the rule that decided on its container in the hierarchy main. It is
 * made once for each start, and passed to all code that reports the rule. Each membership caches
 * its decisions, so that the same decision allocates nothing.
 */
public final class Decision implements PlacementCache {

    public static final String EXPLICIT = "explicit";
    static final String JVM = "jvm";
    static final String INHERIT = "inherit";

    /**
     * The largest number of decisions that a membership caches. Each reload of a rules file adds
     * new ones.
     */
    private static final int MAX_CACHED = 16;

    private final Membership membership;
    private final String rule;

    /** The other decisions for the same membership, and their number. */
    private final @Nullable Decision next;

    private final int remembered;

    private Decision(Membership membership, String rule, @Nullable Decision next) {
        this.membership = membership;
        this.rule = rule;
        this.next = next;
        this.remembered = next == null ? 1 : next.remembered + 1;
    }

    public static Decision of(Membership membership, String rule) {
        Decision first = membership.placementCache() instanceof Decision known ? known : null;
        for (Decision each = first; each != null; each = each.next) {
            if (each.rule.equals(rule)) {
                return each;
            }
        }
        Decision made = new Decision(
                membership, rule, first != null && first.remembered < MAX_CACHED ? first : null);
        // If two threads create one at the same time, one of the two is lost, and created again
        // later.
        membership.placementCache(made);
        return made;
    }

    public Membership membership() {
        return membership;
    }

    /**
     * {@code explicit}, {@code jvm}, the file, line and text of a rule of the user or of a default
     * rule, or {@code inherit}.
     */
    public String rule() {
        return rule;
    }

    /**
     * This decision, but with {@code target} in its hierarchy, since the thread is started directly
     * in it.
     */
    public Decision startedIn(ContainerNode target) {
        return of(membership.moveTo(target), isInMain(target) ? EXPLICIT : rule);
    }

    private static boolean isInMain(ContainerNode target) {
        return target.hierarchy() == Trees.MAIN;
    }
}
