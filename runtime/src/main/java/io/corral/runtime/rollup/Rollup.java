package io.corral.runtime.rollup;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.ChangedAccounts;
import io.corral.runtime.accounting.MovePhaser;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.DontInline;
import io.corral.runtime.jdk.ReservedStack;
import java.util.function.Consumer;
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
     * The number of dropped accounts after which the sums are brought up to date, if no reading
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
     * <p>It reads the exits of all accounts that have changed, then the moves as of one moment,
     * then the forks. An account that changes between the first two steps may have a side of a move
     * whose other side is read. So it is read too, with the exits of its last reading. One that has
     * members is read each time; see {@link AccountTotals#markChanged}.
     *
     * @param all passes each account on
     * @return the number of this reading
     */
    public static long update(Consumer<Consumer<Account>> all) {
        drops = 0;
        ChangedAccounts.addMissed(all);
        return apply();
    }

    @DontInline
    @ReservedStack
    private static long apply() {
        reading++;
        SummedAccount first = null;
        Account next;
        for (Account at = ChangedAccounts.take(); !ChangedAccounts.isEnd(at); at = next) {
            next = ChangedAccounts.remove(at);
            if (at instanceof SummedAccount account) {
                if (account.changesWithoutCharge()) {
                    // Forks, exits and moves of its threads do not report themselves. Open waits
                    // grow.
                    ChangedAccounts.add(account);
                }
                account.platformExits = account.totals().platformExits();
                account.virtualExits = account.totals().virtualExits();
                first = link(account, first);
            }
        }
        // The lock excludes other readers.
        long phase = MovePhaser.MOVES.beginPhase();
        for (Account at = ChangedAccounts.take(); !ChangedAccounts.isEnd(at); at = next) {
            next = ChangedAccounts.remove(at);
            // Its exits are to be read by the next reading.
            ChangedAccounts.add(at);
            if (at instanceof SummedAccount account && account.readIn != reading) {
                first = link(account, first);
            }
        }
        while (first != null) {
            SummedAccount account = first;
            first = account.nextRead;
            account.nextRead = null;
            read(account, phase);
        }
        return reading;
    }

    /**
     * Called for each removal, and for each combination that is not kept: unread charges keep such
     * accounts in memory until the next reading, so from time to time this brings the sums up to
     * date. Needs no memory.
     */
    public static void dropped() {
        if (++drops >= DROPS) {
            drops = 0;
            apply();
        }
    }

    /**
     * Adds the sum of a removed container to the sum of removed children of its parent. Needs no
     * memory.
     */
    public static void keepRemoved(ContainerNode removed, ContainerNode parent) {
        MutableUsage kept = parent.removedSum();
        if (kept != null) {
            kept.add(removed.sum());
            parent.hierarchy().nodes.changed(parent);
        }
    }

    private static SummedAccount link(SummedAccount account, @Nullable SummedAccount first) {
        account.readIn = reading;
        account.nextRead = first;
        return account;
    }

    private static void read(SummedAccount account, long phase) {
        CHANGE.clear();
        CHANGE.subtract(account.sums);
        account.sums.read(account.totals(), account.platformExits, account.virtualExits, phase);
        CHANGE.add(account.sums);
        addChange(account);
    }

    /**
     * Adds what running threads have allocated and not charged yet.
     *
     * @param bytes read after reading {@code readIn} was done; if a later one has read the account,
     *     the bytes may have been charged since, and are not added
     */
    @DontInline
    @ReservedStack
    public static void addUncharged(SummedAccount account, long bytes, long readIn) {
        if (account.readIn <= readIn) {
            CHANGE.clear();
            if (account.sums.addUncharged(bytes, CHANGE)) {
                addChange(account);
            }
        }
    }

    /**
     * Adds tasks that wait in queues.
     *
     * @param readIn as for {@link #addUncharged}
     */
    @DontInline
    @ReservedStack
    public static void addWaitingTasks(SummedAccount account, long tasks, long nanos, long readIn) {
        if (account.readIn <= readIn) {
            CHANGE.clear();
            account.sums.addWaitingTasks(tasks, nanos, CHANGE);
            addChange(account);
        }
        // The next reading finds out whether they still wait.
        ChangedAccounts.add(account);
    }

    private static void addChange(SummedAccount account) {
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            ContainerNode node = account.container(hierarchy);
            while (node != null) {
                node.sum().add(CHANGE);
                hierarchy.nodes.changed(node);
                ContainerNode parent = node.parent();
                MutableUsage ofRemoved = parent == null ? null : parent.removedSum();
                if (ofRemoved != null && node.isRemoved()) {
                    ofRemoved.add(CHANGE);
                }
                node = parent;
            }
        }
        account.addToSuccessors(CHANGE);
    }
}
