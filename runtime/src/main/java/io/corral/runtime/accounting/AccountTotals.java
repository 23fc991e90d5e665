package io.corral.runtime.accounting;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What was charged to one account, and the threads that were counted in it. Only the arrivals can
 * fall. Any thread can add, and any thread can sum.
 */
public final class AccountTotals extends StripedCounters {

    /** One of this many additions checks for contention. */
    private static final int CHECK_INTERVAL = 1_024;

    // Which additions check, by the low bits of the sum. Forks and exits check half an interval
    // apart, so that a thread that starts many others and the threads on which they end alternate.

    /** The low bits of a sum of nanoseconds are random. */
    private static final int CPU_CHECK = 0;

    /** The first check is late, since many accounts have few threads. */
    private static final int FORK_CHECK = CHECK_INTERVAL / 4;

    private static final int EXIT_CHECK = FORK_CHECK + CHECK_INTERVAL / 2;

    private static final AtomicIntegerFieldUpdater<AccountTotals> PLATFORM_ADOPTIONS =
            AtomicIntegerFieldUpdater.newUpdater(AccountTotals.class, "platformAdoptions");

    private static final AtomicIntegerFieldUpdater<AccountTotals> VIRTUAL_ADOPTIONS =
            AtomicIntegerFieldUpdater.newUpdater(AccountTotals.class, "virtualAdoptions");

    /** The result of {@link #pinsUnlessPinned} if a thread is pinned. */
    public static final long PINNED = -1;

    /** In place of a phase: the latest moves are read. */
    public static final long LATEST_PHASE = MovedThreads.LATEST_PHASE;

    /** Null for totals that belong to no account, so that no reading looks at them. */
    private final @Nullable Account account;

    /** Null until a thread is moved here or away. */
    private volatile @Nullable MovedThreads moved;

    // Written through the updaters only.
    private volatile int platformAdoptions;
    private volatile int virtualAdoptions;

    /**
     * Initializes all classes used here now: a class whose initialization fails on an exhausted
     * stack or heap stays unusable.
     */
    public static void initialize() {
        CPU_NANOS.getAndAdd(new PaddedCounterCell(), 1);
        VarHandle.fullFence();
        ChangedAccounts.initialize();
        OpenWaits.initialize();
    }

    /** Totals of no account. */
    public AccountTotals() {
        this(null);
    }

    AccountTotals(@Nullable Account account) {
        this.account = account;
    }

    /** Adds a charge. */
    void charge(AtomicLongFieldUpdater<CounterCell> sum, long amount) {
        if (sum == CPU_NANOS) {
            addAndCheck(sum, amount, CPU_CHECK);
        } else {
            add(sum, amount);
        }
        try {
            markChanged();
        } catch (StackOverflowError exhausted) {
            ChangedAccounts.missed = account;
        }
    }

    /**
     * Adds a wait that has ended.
     *
     * @param nanos its duration
     */
    void chargeWait(long nanos) {
        add(QUEUED_NANOS, nanos);
        add(WAITS, 1);
        try {
            markChanged();
        } catch (StackOverflowError exhausted) {
            ChangedAccounts.missed = account;
        }
    }

    /**
     * Adds the term of a wait that begins; see {@link OpenWaits}.
     *
     * @param term with a minus, removes a wait that ends. It must be removed before the wait is
     *     charged, so that no reader finds the wait twice
     */
    void addOpenWait(long term) {
        add(OPEN_WAITS, term);
        try {
            markChanged();
        } catch (StackOverflowError exhausted) {
            ChangedAccounts.missed = account;
        }
    }

    public void countFork(boolean isVirtual) {
        addAndCheck(isVirtual ? VIRTUAL_FORKS : PLATFORM_FORKS, 1, FORK_CHECK);
    }

    public void countExit(boolean isVirtual) {
        addAndCheck(isVirtual ? VIRTUAL_EXITS : PLATFORM_EXITS, 1, EXIT_CHECK);
    }

    /**
     * Counts a thread that becomes a member without a fork.
     *
     * @param by 1, or -1 to undo it
     */
    public void countAdoption(boolean isVirtual, int by) {
        (isVirtual ? VIRTUAL_ADOPTIONS : PLATFORM_ADOPTIONS).getAndAdd(this, by);
    }

    /**
     * Called by a mover before it begins a move, so that {@link #countMove} needs no memory. Movers
     * exclude one another.
     */
    public void prepareMove() {
        if (moved == null) {
            moved = new MovedThreads();
        }
    }

    /**
     * Counts a thread that is moved.
     *
     * @param phase the move's; see {@link MovePhaser}
     * @param by 1 at the account that it is moved to, -1 at the other
     */
    public void countMove(long phase, boolean isVirtual, int by) {
        MovedThreads known = moved;
        if (known != null) {
            known.add(phase, isVirtual, by);
        }
    }

    /**
     * Called after each charge and each pin. Forks, exits and moves do not call this: they are
     * counted while a thread is pinned, and each reading looks at an account with a pinned thread.
     * So these counts need no more stack than the addition.
     */
    public void markChanged() {
        if (account != null && account.nextChanged == null) {
            ChangedAccounts.add(account);
        }
    }

    private void addAndCheck(AtomicLongFieldUpdater<CounterCell> sum, long amount, int check) {
        long before = add(sum, amount);
        if (before % CHECK_INTERVAL == check) {
            try {
                checkContention();
            } catch (StackOverflowError exhausted) {
                // The addition is done. Another thread will check.
                return;
            }
        }
    }

    /** Counts a thread that is a member, or may become one: see {@link #pinsUnlessPinned}. */
    public void pin() {
        add(PINS, 1);
    }

    public void unpin() {
        add(UNPINS, 1);
    }

    public long cpuNanos() {
        return sum(CPU_NANOS);
    }

    public long apportionedCpuNanos() {
        return sum(APPORTIONED_CPU_NANOS);
    }

    public long allocatedBytes() {
        return sum(ALLOCATED_BYTES);
    }

    public long queuedNanos() {
        return sum(QUEUED_NANOS);
    }

    /** The number of waits that have ended. */
    public long waits() {
        return sum(WAITS);
    }

    /** The sum of the terms of open waits; see {@link OpenWaits}. 0 if there are none. */
    public long openWaits() {
        return sum(OPEN_WAITS);
    }

    /** Forks of both kinds. */
    public long forks() {
        return platformForks() + virtualForks();
    }

    /** Exits of both kinds. */
    public long exits() {
        return platformExits() + virtualExits();
    }

    public long platformForks() {
        return sum(PLATFORM_FORKS);
    }

    public long virtualForks() {
        return sum(VIRTUAL_FORKS);
    }

    public long platformExits() {
        return sum(PLATFORM_EXITS);
    }

    public long virtualExits() {
        return sum(VIRTUAL_EXITS);
    }

    /**
     * Platform threads that came without a fork, less those that left without an exit.
     *
     * @param phase the phase of moves that is read, or {@link #LATEST_PHASE}
     */
    public long platformArrivals(long phase) {
        MovedThreads known = moved;
        return (known == null ? 0 : known.platform(phase)) + platformAdoptions;
    }

    /** As {@link #platformArrivals}, for virtual threads. */
    public long virtualArrivals(long phase) {
        MovedThreads known = moved;
        return (known == null ? 0 : known.virtual(phase)) + virtualAdoptions;
    }

    /**
     * The number of threads that were ever pinned here, or {@link #PINNED} if one is pinned now.
     * Unpins are read first. So a thread that is pinned and unpinned during the call can count as
     * pinned, and a pinned thread is never missed.
     */
    public long pinsUnlessPinned() {
        long unpins = sum(UNPINS);
        long pins = pins();
        return pins > unpins ? PINNED : pins;
    }

    /** How many threads were ever pinned here. */
    public long pins() {
        return sum(PINS);
    }

    /** How many of {@link #pins} were unpinned. */
    public long unpins() {
        return sum(UNPINS);
    }
}
