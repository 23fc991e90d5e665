package io.corral.runtime.container;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.ChangedAccounts;
import io.corral.runtime.accounting.MovePhaser;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sum of each container: what was charged to it and to those below it. A reading adds
 * only what has changed since the last one, to the container and to all above it, in each
 * hierarchy. The kernel's rstat flush is the model. All methods are called under
 * {@link Trees#LOCK}.
 *
 * <p>A removed container keeps its parent. So what is charged to it later, through a scope that is
 * open, is added to its parents too, and a removal moves nothing.
 */
public final class Rollup {

    /**
     * The number of dropped memberships after which the sums are brought up to date, if no reading
     * does so.
     */
    private static final int DROPS = 1_024;

    private static int drops;

    /** The number of the latest reading. */
    private static long reading;

    /** A sum that each step uses, so that it needs no memory. */
    private static final MutableUsage CHANGE = new MutableUsage();

    private Rollup() {}

    /** A call initializes this class. */
    public static void initialize() {}

    /**
     * Brings all sums up to date. Needs no memory, and is never left half-way.
     *
     * <p>It reads the exits of all memberships that have changed, then the moves as of one moment,
     * then the forks. A membership that changes between the first two steps may have a side of a
     * move whose other side is read. So it is read too, with the exits of its last reading. One
     * that has members is read each time; see {@link AccountTotals#changed}.
     *
     * @return the number of this reading
     */
    public static long update() {
        drops = 0;
        ChangedAccounts.addMissed(MembershipTable::forEach);
        return apply();
    }

    @DontInline
    @ReservedStack
    private static long apply() {
        reading++;
        Membership first = null;
        Account next;
        for (Account at = ChangedAccounts.take(); !ChangedAccounts.isEnd(at); at = next) {
            next = ChangedAccounts.remove(at);
            if (at instanceof Membership membership) {
                if (membership.hasMembers()) {
                    // Forks, exits and moves of its threads do not report themselves.
                    ChangedAccounts.add(membership);
                }
                membership.platformExits = membership.totals().platformExits();
                membership.virtualExits = membership.totals().virtualExits();
                first = link(membership, first);
            }
        }
        // The lock excludes other readers.
        long phase = MovePhaser.MOVES.beginPhase();
        for (Account at = ChangedAccounts.take(); !ChangedAccounts.isEnd(at); at = next) {
            next = ChangedAccounts.remove(at);
            // Its exits are to be read by the next reading.
            ChangedAccounts.add(at);
            if (at instanceof Membership membership && membership.readIn != reading) {
                first = link(membership, first);
            }
        }
        while (first != null) {
            Membership membership = first;
            first = membership.nextRead;
            membership.nextRead = null;
            read(membership, phase);
        }
        return reading;
    }

    /**
     * Called for each removal, and for each combination that is not kept: unread charges keep such
     * memberships in memory until the next reading, so from time to time this brings the sums up to
     * date. Needs no memory.
     */
    static void dropped() {
        if (++drops >= DROPS) {
            drops = 0;
            apply();
        }
    }

    /**
     * Adds the sum of a removed container to the sum of removed children of its parent. Needs no
     * memory.
     */
    static void keepRemoved(ContainerNode removed, ContainerNode parent) {
        MutableUsage kept = parent.removed;
        if (kept != null) {
            kept.add(removed.sum);
            parent.hierarchy().nodes.changed(parent);
        }
    }

    private static Membership link(Membership membership, @Nullable Membership first) {
        membership.readIn = reading;
        membership.nextRead = first;
        return membership;
    }

    private static void read(Membership membership, long phase) {
        CHANGE.clear();
        CHANGE.subtract(membership.sums);
        membership.sums.read(
                membership.totals(), membership.platformExits, membership.virtualExits, phase);
        CHANGE.add(membership.sums);
        addChange(membership);
    }

    /**
     * Adds what running threads have allocated and not charged yet.
     *
     * @param bytes read after reading {@code readIn} was done; if a later one has read the
     *     membership, the bytes may have been charged since, and are not added
     */
    @DontInline
    @ReservedStack
    public static void addRunning(Membership membership, long bytes, long readIn) {
        if (membership.readIn <= readIn) {
            CHANGE.clear();
            if (membership.sums.addRunning(bytes, CHANGE)) {
                addChange(membership);
            }
        }
    }

    private static void addChange(Membership membership) {
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            ContainerNode node = membership.container(hierarchy);
            while (node != null) {
                node.sum.add(CHANGE);
                hierarchy.nodes.changed(node);
                ContainerNode parent = node.parent();
                if (parent != null && parent.removed != null && node.isRemoved()) {
                    parent.removed.add(CHANGE);
                }
                node = parent;
            }
        }
        membership.addToSuccessors(CHANGE);
    }
}
