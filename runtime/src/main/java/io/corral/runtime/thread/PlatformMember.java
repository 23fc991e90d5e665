package io.corral.runtime.thread;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.accounting.Meter;
import io.corral.runtime.container.Membership;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A platform thread, with its meter. In {@link MemberTable} while it lives. */
public final class PlatformMember extends Member {

    /** Of the JDK's scheduler. */
    private static final String CARRIER_THREAD = "jdk.internal.misc.CarrierThread";

    private static final AtomicIntegerFieldUpdater<PlatformMember> WORK =
            AtomicIntegerFieldUpdater.newUpdater(PlatformMember.class, "work");

    /**
     * While something is mounted or about to be. (A reference to it would cost a fence more with G1, at
     * each mount.)
     */
    private static final int MOUNTED = 1;

    /** From the first mount on. A carrier's meter follows what is mounted, not the carrier's home. */
    private static final int CARRIES = 2;

    /** Of one that does nothing but carry. */
    private static final int DEDICATED = 4;

    /** What it does for a pool is the pool's work. */
    private static final int KEEPS_TASKS = 8;

    /** Of threads to come. Set by the wiring. */
    private static volatile ClockPolicy clockPolicy = ClockPolicy.EXACT;

    private final Thread thread;
    private final Meter meter;
    private final long bornNanoTime = System.nanoTime();

    /** Whether its exit hook is through: it may be unlinked. */
    private volatile boolean gone;

    /** Accessed by the thread itself only. */
    private @Nullable Object worker;

    /** The bits above. (Eight bytes less of each thread than fields.) Written by the thread, or before it runs or is known. */
    private volatile int work;

    /** For a thread whose clocks stand at these values; it works for {@code home}, which is pinned. */
    public PlatformMember(
            Thread thread, long threadId, Membership home, long cpuNanos, long allocatedBytes) {
        this.thread = thread;
        this.meter = new Meter(threadId, clockPolicy, home, cpuNanos, allocatedBytes);
        settleIn(home);
    }

    /** Before the hooks are switched on. */
    public static void clockPolicy(ClockPolicy policy) {
        clockPolicy = policy;
    }

    /** Before the thread runs: tasks take no place along to it. */
    public void keepTasks() {
        work = KEEPS_TASKS;
    }

    public boolean keepsTasks() {
        return (work & KEEPS_TASKS) != 0;
    }

    /** What hand-over keeps of a worker of a pool; null for any other thread. On the thread itself. */
    public @Nullable Object worker() {
        return worker;
    }

    /** See {@link #worker()}. */
    public void worker(@Nullable Object worker) {
        this.worker = worker;
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

    /** The true one. */
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

    /** While something is mounted, the meter stays with the account of that. */
    @Override
    public Account account(Account current) {
        return (work & MOUNTED) != 0 ? current : account();
    }

    /**
     * On the carrier. A mover reads the meter's state and then {@link #work}, so it either sees the
     * mount or fails at the compare-and-set of the switch here.
     */
    void mount(VirtualMember member) {
        int now = work;
        WORK.lazySet(this, ((now & CARRIES) == 0 ? becomesCarrier(now) : now) | MOUNTED);
        meter.switchTo(member);
    }

    private int becomesCarrier(int now) {
        boolean isDedicated = thread.getClass().getName().equals(CARRIER_THREAD);
        return now | CARRIES | (isDedicated ? DEDICATED : 0);
    }

    /** One that has other work than to carry, an event loop of the application's, goes on with that. */
    void dismount() {
        int now = work;
        if ((now & DEDICATED) != 0) {
            // A reader that sees it late takes the carrier for busy.
            WORK.lazySet(this, now & ~MOUNTED);
        } else {
            WORK.lazySet(this, now & ~MOUNTED);
            meter.switchTo(this);
        }
    }

    /**
     * By one reader at a time: a carrier with nothing mounted, which rests, goes home. It was left
     * with the membership of the thread that ran last, whose account would else wait for what it used.
     */
    void comeHomeIfResting() {
        if ((work & (DEDICATED | MOUNTED)) == DEDICATED) {
            meter.moveResting(this);
        }
    }
}
