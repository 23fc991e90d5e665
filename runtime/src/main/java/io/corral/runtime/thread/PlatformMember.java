package io.corral.runtime.thread;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.accounting.Meter;
import io.corral.runtime.container.Membership;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A platform thread and its meter. In {@link MemberTable} while the thread lives. */
public final class PlatformMember extends Member {

    /** The class of the carriers of the JDK's own scheduler. */
    private static final String CARRIER_THREAD = "jdk.internal.misc.CarrierThread";

    private static final AtomicIntegerFieldUpdater<PlatformMember> WORK =
            AtomicIntegerFieldUpdater.newUpdater(PlatformMember.class, "work");

    /**
     * A virtual thread is mounted, or about to be. (A reference to it would cost one more fence
     * with G1 at each mount.)
     */
    private static final int MOUNTED = 1;

    /**
     * Set from the first mount on. The meter follows the mounted thread, not the carrier's home.
     */
    private static final int CARRIES = 2;

    /** The thread does nothing but carry virtual threads. */
    private static final int DEDICATED = 4;

    /** Tasks on this thread are charged to its pool, not to their submitters. */
    private static final int KEEPS_TASKS = 8;

    /** The policy of threads that are made from now on. Set by the wiring. */
    private static volatile ClockPolicy clockPolicy = ClockPolicy.EXACT;

    private final Thread thread;
    private final Meter meter;
    private final long bornNanoTime = System.nanoTime();

    /** The rule if a fork or an adoption has placed the thread; see {@link #placement}. */
    private volatile Object placedBy = Placement.ADOPTED;

    /** The number of readings without progress of its CPU clock after which a thread rests. */
    private static final byte READINGS_AT_REST = 3;

    /**
     * The number of readings in a row without progress. Guarded by the lock of readers; other
     * threads may see an earlier value.
     */
    private byte readingsAtRest;

    /**
     * When the first of these readings was, in units of 2<sup>30</sup> ns. Guarded by the lock of
     * readers. A runnable thread rests only if it has done so for long: before, it may wait for a
     * CPU anywhere.
     */
    private short restsSince;

    /** Whether the exit hook is complete, so that the member may be unlinked. */
    private volatile boolean gone;

    /** Accessed by the thread itself only. */
    private @Nullable Object worker;

    /**
     * The bits above. (Fields would take eight bytes more.) Written by the thread, or before it
     * runs.
     */
    private volatile int work;

    /** Creates a member for a thread with these clock values. Its home is pinned. */
    public PlatformMember(
            Thread thread, long threadId, Membership home, long cpuNanos, long allocatedBytes) {
        this.thread = thread;
        this.meter = new Meter(threadId, clockPolicy, home, cpuNanos, allocatedBytes);
        becomeMemberOf(home);
    }

    /** Call it before the hooks are switched on. */
    public static void clockPolicy(ClockPolicy policy) {
        clockPolicy = policy;
    }

    /** Call it before the thread runs: its tasks are then charged to its pool. */
    public void keepTasks() {
        work = KEEPS_TASKS;
    }

    public boolean keepsTasks() {
        return (work & KEEPS_TASKS) != 0;
    }

    /**
     * The state of hand-over for a pool's worker; null for any other thread. Called on the thread
     * itself.
     */
    public @Nullable Object worker() {
        return worker;
    }

    /** See {@link #worker()}. */
    public void worker(@Nullable Object worker) {
        this.worker = worker;
    }

    /**
     * The reason why the thread is in its home.
     *
     * @param rule the rule's name
     * @param nanoTime the time of the decision, by {@link System#nanoTime()}
     */
    public record Placement(String rule, long nanoTime) {

        static final String ADOPTED = "adopted";
        static final String ATTACH = "attach";
    }

    /** Called before the thread runs. */
    public void placedBy(String rule) {
        placedBy = rule;
    }

    /** Called after an attach. */
    void attached() {
        placedBy = new Placement(Placement.ATTACH, System.nanoTime());
    }

    public Placement placement() {
        Object known = placedBy;
        return known instanceof Placement later
                ? later
                : new Placement((String) known, bornNanoTime);
    }

    boolean isGone() {
        return gone;
    }

    void markGone() {
        gone = true;
    }

    public Thread thread() {
        return thread;
    }

    /** The thread's ID, even if a subclass overrides {@code getId}. */
    public long threadId() {
        return meter.threadId();
    }

    public Meter meter() {
        return meter;
    }

    public long lifetimeNanos() {
        return System.nanoTime() - bornNanoTime;
    }

    @Override
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    @Override
    boolean keepsFrame() {
        return true;
    }

    @Override
    boolean canPutOffSwitch() {
        return !meter.hasManyUnchargedBytes();
    }

    @Override
    void followOnMeter() {
        meter.switchTo(this);
    }

    @Override
    void followFromOutside() {
        if ((work & DEDICATED) == 0) {
            meter.moveTo(this);
        }
    }

    /** While a virtual thread is mounted, the meter stays with the account of that thread. */
    @Override
    public Account account(Account current) {
        return (work & MOUNTED) != 0 ? current : account();
    }

    /**
     * Called on the carrier. A thread that moves the meter reads the meter's state and then
     * {@link #work}. So it sees the mount, or fails at the compare-and-set of the switch here.
     */
    void mount(VirtualMember member) {
        int now = work;
        WORK.lazySet(this, ((now & CARRIES) == 0 ? becomesCarrier(now) : now) | MOUNTED);
        meter.switchTo(member);
    }

    /** Whether a virtual thread was ever mounted here. */
    boolean carries() {
        return (work & CARRIES) != 0;
    }

    /** Whether this is a carrier on which no virtual thread is mounted, as of about now. */
    boolean isIdleCarrier() {
        return (work & (CARRIES | MOUNTED)) == CARRIES;
    }

    private int becomesCarrier(int now) {
        boolean isDedicated = thread.getClass().getName().equals(CARRIER_THREAD);
        return now | CARRIES | (isDedicated ? DEDICATED : 0);
    }

    /**
     * A carrier with other work, such as an event loop of the application, works for its home
     * again.
     */
    void dismount() {
        int now = work;
        if ((now & DEDICATED) != 0) {
            // A reader that sees a stale value assumes that the carrier is busy.
            WORK.lazySet(this, now & ~MOUNTED);
        } else {
            WORK.lazySet(this, now & ~MOUNTED);
            meter.switchTo(this);
        }
    }

    /**
     * Called by one reader at a time: moves the meter of an idle carrier to the carrier's home.
     * Until then the meter is charged to the membership of the virtual thread that ran last.
     */
    private void comeHomeIfResting() {
        if ((work & (DEDICATED | MOUNTED)) == DEDICATED) {
            meter.moveResting(this, thread);
        }
    }

    /** Whether the latest readings have found no progress, and nothing is left to be charged. */
    boolean rests() {
        return readingsAtRest == READINGS_AT_REST;
    }

    /**
     * Called by one reader at a time: charges the CPU time up to now, and what a thread that begins
     * to rest has allocated.
     *
     * @param cpuNanos the CPU clock of the thread, read after the reading began
     */
    void settle(long cpuNanos) {
        if (!meter.settle(cpuNanos)) {
            readingsAtRest = 0;
        } else if (readingsAtRest < READINGS_AT_REST && (work & CARRIES) == 0) {
            if (readingsAtRest == 0) {
                restsSince = secondsNow();
            }
            boolean isLast = readingsAtRest == READINGS_AT_REST - 1;
            if (!isLast || meter.settleResting(thread, hasRestedLong())) {
                readingsAtRest++;
            }
        }
        comeHomeIfResting();
    }

    /** Whether no reading has found progress for more than a second. */
    private boolean hasRestedLong() {
        return (short) (secondsNow() - restsSince) >= 2;
    }

    private static short secondsNow() {
        return (short) (System.nanoTime() >> 30);
    }
}
