package io.corral.runtime.membership;

import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.accounting.Meter;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A platform thread, with its meter. In {@link MemberTable} while it lives. */
public final class PlatformMember extends Member {

    /** Of the JDK's scheduler. */
    private static final String CARRIER_THREAD = "jdk.internal.misc.CarrierThread";

    private static final AtomicIntegerFieldUpdater<PlatformMember> MOUNTED =
            AtomicIntegerFieldUpdater.newUpdater(PlatformMember.class, "mounted");

    /** Of threads to come. Set by the wiring. */
    private static volatile ClockPolicy clockPolicy = ClockPolicy.EXACT;

    private final Thread thread;
    private final Meter meter;
    private final long bornNanoTime = System.nanoTime();

    /** Set at the first mount. A carrier's meter follows what is mounted, not the carrier's home. */
    private volatile boolean carrier;

    /** Whether its exit hook is through: it may be unlinked. */
    private volatile boolean gone;

    /** Whether what it does for a pool is the pool's work. Written before the thread runs, or is known. */
    private boolean keepsTasks;

    /** While it is a worker of a pool. The thread's own. */
    private @Nullable PoolWorker poolWorker;

    /** Whether it does nothing but carry. Written before {@link #carrier}. */
    private boolean dedicated;

    /**
     * 1 while something is mounted or about to be, else 0. Written by the carrier. (A reference to it would
     * cost a fence more with G1, at each mount.)
     */
    private volatile int mounted;

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
        keepsTasks = true;
    }

    public boolean keepsTasks() {
        return keepsTasks;
    }

    /** On the thread itself, as the two that follow; null if it is no worker. */
    public @Nullable PoolWorker poolWorker() {
        return poolWorker;
    }

    public PoolWorker beginPoolWork(Object queue) {
        PoolWorker worker = new PoolWorker(queue, poolWorker);
        poolWorker = worker;
        return worker;
    }

    public void endPoolWork(Object queue) {
        PoolWorker ending = poolWorker;
        if (ending != null && ending.takesFrom(queue)) {
            poolWorker = ending.outer;
        }
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
    void followOnMeter() {
        meter.changeTo(this);
    }

    @Override
    void followFromOutside() {
        if (!carrier || !dedicated) {
            meter.moveTo(this);
        }
    }

    /** With something mounted: its meter has followed that. */
    @Override
    public boolean stays() {
        return mounted != 0;
    }

    /**
     * On the carrier, before its meter follows: who moves the meter says so first and then looks whether
     * something is mounted, so that one of the two sees the other.
     */
    void mount(VirtualMember member) {
        if (!carrier) {
            dedicated = thread.getClass().getName().equals(CARRIER_THREAD);
            carrier = true;
        }
        mounted = 1;
        meter.switchTo(member);
    }

    /** One that has other work than to carry, an event loop of the application's, goes on with that. */
    void dismount() {
        if (dedicated) {
            // A reader that sees it late takes the carrier for busy.
            MOUNTED.lazySet(this, 0);
        } else {
            mounted = 0;
            meter.switchTo(this);
        }
    }

    /**
     * By one reader at a time: a carrier with nothing mounted, which rests, goes home. It was left
     * with the membership of the thread that ran last, whose account would else wait for what it used.
     */
    void comeHomeIfResting() {
        if (carrier && dedicated && mounted == 0) {
            meter.moveResting(this);
        }
    }
}
