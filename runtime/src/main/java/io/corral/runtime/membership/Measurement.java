package io.corral.runtime.membership;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.ChargeWait;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one measured task, with the threads that it starts and the tasks that it hands over.
 * A thread that works for the measurement is in a {@link MeasuredMembership}, and passes it on like
 * any membership. The measurement ends when the task returns. From then on those memberships charge
 * only their containers.
 *
 * <p>Its totals belong to no account. So it is never in the list of changed accounts, which would
 * keep it reachable until a reading.
 */
public final class Measurement extends Account implements Route {

    /** The number of memberships that a measurement caches. Further ones are created each time. */
    private static final int MAX_CACHED = 8;

    /** Whether a measurement has ever begun. Until then, hooks do no work for measurements. */
    private static volatile boolean used;

    /**
     * The measurement around this one, which receives the same charges; null for most measurements.
     * It may have ended: {@link #around} then skips it for good. Otherwise tasks that each measure
     * the next one would form a chain of ended measurements that each charge walks.
     */
    private volatile @Nullable Measurement outer;

    private volatile boolean hasEnded;

    /** Whether a virtual thread has worked for this measurement. */
    private volatile boolean hasVirtualStays;

    /** The newest membership, the first one of a linked list. */
    private volatile @Nullable MeasuredMembership newest;

    /**
     * The number of threads that work for this measurement in a scope, minus the number of threads
     * that have their home in it and work elsewhere.
     */
    private final AtomicLong stays = new AtomicLong();

    /** Readers and movers that are about to charge this. */
    private final AtomicInteger outsideCharges = new AtomicInteger();

    private Measurement(@Nullable Measurement outer) {
        super(new AccountTotals());
        this.outer = outer;
    }

    @Override
    protected @Nullable Measurement measurementAccount() {
        return around();
    }

    /** A call initializes this class. */
    public static void initialize() {}

    @Override
    protected void countOutsideCharge(int by) {
        for (Measurement each = this; each != null; each = each.around()) {
            each.outsideCharges.getAndAdd(by);
        }
    }

    /** Waits for readers and movers that charge what a thread used before it left this. */
    public void awaitOutsideCharges() {
        ChargeWait.until(outsideCharges);
    }

    /** Begins a measurement for a thread that works at {@code place}. */
    public static Measurement begin(Membership place) {
        if (!used) {
            used = true;
        }
        return new Measurement(open(place.measurement()));
    }

    /**
     * The given measurement, or the nearest one around it, that has not ended; null if there is
     * none.
     */
    static @Nullable Measurement open(@Nullable Measurement innermost) {
        return innermost == null || !innermost.hasEnded ? innermost : innermost.around();
    }

    /**
     * The nearest measurement around this one that has not ended; null if there is none. Forgets
     * those that have ended. If two threads do so at once, one may store an answer that has just
     * become outdated, which the next call corrects.
     */
    private @Nullable Measurement around() {
        Measurement known = outer;
        Measurement open = known;
        while (open != null && open.hasEnded) {
            open = open.outer;
        }
        if (open != known) {
            outer = open;
        }
        return open;
    }

    /** Ends the measurement, since the task has returned. What refers to it keeps no ended one. */
    public void end() {
        hasEnded = true;
        newest = null;
        around();
    }

    boolean hasEnded() {
        return hasEnded;
    }

    @Override
    public Membership from(Membership place) {
        return in(place.unmeasured());
    }

    /** The membership of threads that work in these places for this measurement. */
    Membership in(Membership places) {
        if (hasEnded) {
            Measurement around = around();
            return around == null ? places : around.in(places);
        }
        MeasuredMembership first = newest;
        int length = 0;
        for (MeasuredMembership each = first; each != null; each = each.earlier) {
            if (each.unmeasured() == places) {
                return each;
            }
            length++;
        }
        MeasuredMembership made =
                new MeasuredMembership(places, this, length < MAX_CACHED ? first : null);
        // If two threads create one at the same time, one of the two is lost, and created again
        // later.
        newest = made;
        return made;
    }

    /** Whether charges to an account are also charged to this measurement. */
    public boolean includes(@Nullable Object account) {
        Measurement each =
                account instanceof MeasuredMembership measured ? measured.measurement() : null;
        while (each != null && each != this) {
            each = each.around();
        }
        return each == this;
    }

    /**
     * Called before a thread switches from one membership to another by opening or closing a scope.
     */
    public static void enters(Membership before, Membership after, boolean isVirtual) {
        if (used && before.measurement() != after.measurement()) {
            add(after.measurement(), 1);
            if (isVirtual) {
                hasVirtualStays(after.measurement());
            }
        }
    }

    /** Called after such a switch, when the usage of the thread has been charged. */
    public static void left(Membership before, Membership after) {
        if (used && before.measurement() != after.measurement()) {
            add(before.measurement(), -1);
        }
    }

    private static void hasVirtualStays(@Nullable Measurement innermost) {
        for (Measurement each = innermost; each != null; each = each.around()) {
            if (!each.hasVirtualStays) {
                each.hasVirtualStays = true;
            }
        }
    }

    private static void add(@Nullable Measurement innermost, int by) {
        for (Measurement each = innermost; each != null; each = each.around()) {
            each.stays.getAndAdd(by);
        }
    }

    void countFork(boolean isVirtual) {
        if (isVirtual) {
            hasVirtualStays(this);
        }
        for (Measurement each = this; each != null; each = each.around()) {
            each.totals().countFork(isVirtual);
        }
    }

    void countExit(boolean isVirtual) {
        for (Measurement each = this; each != null; each = each.around()) {
            each.totals().countExit(isVirtual);
        }
    }

    /**
     * Whether a thread may be working for this measurement. If not, the usage of all platform
     * threads has been charged. If a thread has no memory or no stack for a switch, the answer can
     * stay true.
     */
    public boolean hasStays() {
        return stays.get() + totals().forks() != totals().exits();
    }

    /**
     * Whether a virtual thread has worked for this measurement. Its carrier may not have charged
     * all of that yet.
     */
    public boolean hasVirtualStays() {
        return hasVirtualStays;
    }

    @Override
    public String toString() {
        return "a measured task";
    }
}
