package io.corral.runtime.container;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.Totals;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What one task uses, with the threads that it starts and the tasks that it hands over. It travels
 * with the membership: a thread that works for it is in a {@link MeasuredMembership}. It ends when
 * the task returns. From then on those memberships only charge their containers.
 *
 * <p>Its totals are of no account, so that no list of changed accounts keeps it until a reading.
 */
public final class Measurement extends Account implements Destination {

    /** The memberships of one measurement that it finds again. More are made anew each time. */
    private static final int MAX_CACHED = 8;

    /** Whether anything was ever measured. Until then hooks do nothing more. */
    private static volatile boolean used;

    /** The measurement around this one, which is charged too; null for most. */
    private final @Nullable Measurement outer;

    private volatile boolean isOver;

    /** Whether a virtual thread has worked for this. */
    private volatile boolean hasVirtualStays;

    /** The newest of a list of memberships that were made. */
    private volatile @Nullable MeasuredMembership newest;

    /** Threads that work for this in a scope, less those with a home here that work elsewhere. */
    private final AtomicLong stays = new AtomicLong();

    private Measurement(@Nullable Measurement outer) {
        super(new Totals());
        this.outer = outer;
    }

    @Override
    protected @Nullable Measurement also() {
        return open(outer);
    }

    /** A call initializes this class. */
    public static void initialize() {}

    /** Begins a measurement for a thread that works at {@code place}. */
    public static Measurement begin(Membership place) {
        if (!used) {
            used = true;
        }
        return new Measurement(open(place.measurement()));
    }

    /** The measurement itself, or the nearest one around it that is not over. */
    static @Nullable Measurement open(@Nullable Measurement innermost) {
        Measurement open = innermost;
        while (open != null && open.isOver) {
            open = open.outer;
        }
        return open;
    }

    /** The task has returned. */
    public void end() {
        isOver = true;
        newest = null;
    }

    boolean isOver() {
        return isOver;
    }

    @Override
    public Membership from(Membership place) {
        return in(place.unmeasured());
    }

    /** The membership of threads in these places that work for this. */
    Membership in(Membership places) {
        if (isOver) {
            return places;
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
        // If two are made at once, one is lost, and made again later.
        newest = made;
        return made;
    }

    /** Whether an account is charged for this. */
    public boolean includes(@Nullable Object account) {
        Measurement each =
                account instanceof MeasuredMembership measured ? measured.measurement() : null;
        while (each != null && each != this) {
            each = each.outer;
        }
        return each == this;
    }

    /** Called before a thread goes from one membership to another by a scope. */
    public static void enters(Membership before, Membership after, boolean virtual) {
        if (used && before.measurement() != after.measurement()) {
            add(after.measurement(), 1);
            if (virtual) {
                hasVirtualStays(after.measurement());
            }
        }
    }

    /** Called after such a switch, when the thread has charged what it used. */
    public static void left(Membership before, Membership after) {
        if (used && before.measurement() != after.measurement()) {
            add(before.measurement(), -1);
        }
    }

    private static void hasVirtualStays(@Nullable Measurement innermost) {
        for (Measurement each = innermost; each != null; each = each.outer) {
            if (!each.hasVirtualStays) {
                each.hasVirtualStays = true;
            }
        }
    }

    private static void add(@Nullable Measurement innermost, int by) {
        for (Measurement each = innermost; each != null; each = each.outer) {
            each.stays.getAndAdd(by);
        }
    }

    void countFork(boolean virtual) {
        if (virtual) {
            hasVirtualStays(this);
        }
        for (Measurement each = this; each != null; each = each.outer) {
            each.totals().countFork(virtual);
        }
    }

    void countExit(boolean virtual) {
        for (Measurement each = this; each != null; each = each.outer) {
            each.totals().countExit(virtual);
        }
    }

    /**
     * Whether a thread may work for this now. If none does, all that platform threads have used is
     * charged. A thread without memory or stack for a switch can make this true for good.
     */
    public boolean hasStays() {
        return stays.get() + totals().forks() != totals().exits();
    }

    /** Whether a virtual thread has worked for this. Its carrier may have to charge that yet. */
    public boolean hasVirtualStays() {
        return hasVirtualStays;
    }

    @Override
    public String toString() {
        return "a measured task";
    }
}
