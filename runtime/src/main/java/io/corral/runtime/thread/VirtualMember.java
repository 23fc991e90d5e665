package io.corral.runtime.thread;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.VirtualThreadAccess;
import io.corral.runtime.notice.HookFailures;

import org.jspecify.annotations.Nullable;

/**
 * A virtual thread. The member is stored in the thread's own field {@code runContinuation}, as the
 * object that the scheduler runs, so it needs no table, and is collected with the thread. While the
 * thread is mounted, the carrier's meter works for it.
 */
public class VirtualMember extends Member implements Runnable {

    private static final byte NOT_YET = 0;
    private static final byte MOUNTED = 1;
    private static final byte DISMOUNTED = 2;

    /** Added to {@link #MOUNTED} by {@link #tryYield}; the next mount takes it away. */
    private static final byte TRIES_TO_YIELD = 4;

    /** The JDK's object; or {@link VirtualTotals} around it, if its own usage is counted. */
    private Runnable runContinuation;

    /**
     * The carrier of the last mount. Kept after it, since the next carrier is often the same, and
     * each write of a reference costs a G1 barrier. This and {@link #run} are written and read on
     * the carrier's native thread, from the JDK's mount until another carrier may run the thread.
     */
    private @Nullable PlatformMember carrier;

    /** One of the constants above. (One field, for the size of a virtual thread.) */
    private byte run;

    public VirtualMember(Runnable runContinuation) {
        this.runContinuation = runContinuation;
    }

    /** The member of {@code thread}; null for a platform thread, or without a member. */
    static @Nullable VirtualMember of(Thread thread) {
        VirtualThreadAccess access = Jdk.VIRTUAL_THREADS;
        return access != null && access.runContinuation(thread) instanceof VirtualMember virtual
                ? virtual
                : null;
    }

    /**
     * Called by the scheduler on the carrier; runs the thread up to its next yield or its end. When
     * this returns, the thread may be running on another carrier.
     */
    @Override
    public final void run() {
        try {
            runContinuation.run();
        } catch (Throwable failure) {
            backToCarrier();
            throw failure;
        }
    }

    /** Called after the end of a thread that could not be started. */
    public void waitDropped() {}

    /**
     * Called on the carrier, after the JDK has decided to mount and before it does.
     *
     * @param on the carrier; null if it has no member
     */
    public final void mount(@Nullable PlatformMember on) {
        if (on != null) {
            if (carrier != on) {
                carrier = on;
            }
            run = MOUNTED;
            on.mount(this);
            waitEnded();
        } else {
            run = DISMOUNTED;
            waitEnded();
        }
        if (runContinuation instanceof VirtualTotals totals) {
            totals.mounted();
        }
    }

    /**
     * Called on the carrier, while no other carrier can mount this. The time until the next mount
     * is charged to this member, as a kernel charges a context switch to the task that ran last.
     * The next mount moves the meter.
     */
    public final void dismount() {
        if (runContinuation instanceof VirtualTotals totals) {
            totals.dismounting();
        }
        PlatformMember on = carrier();
        if (on != null) {
            try {
                // A measured task may end on another carrier, while no thread switches on this one.
                on.meter().settleIfMeasured();
            } finally {
                run = DISMOUNTED;
                on.dismount();
            }
        }
    }

    /**
     * Called if the JDK has thrown before or after the mount: the meter works for the carrier
     * again.
     */
    private static void backToCarrier() {
        try {
            PlatformMember on = MemberTable.LIVE.get(Thread.currentThread());
            if (on != null) {
                on.dismount();
                on.meter().switchTo(on);
            }
        } catch (Throwable failure) {
            HookFailures.MOUNT.report(failure);
        }
    }

    /** Called at each mount. */
    void waitEnded() {}

    /** Called on the thread itself: its totals, which begin with the first call. */
    public final VirtualTotals totals() {
        if (runContinuation instanceof VirtualTotals known) {
            return known;
        }
        VirtualTotals totals = new VirtualTotals(runContinuation);
        // The thread can't leave its carrier from here on to the end.
        totals.mounted();
        runContinuation = totals;
        return totals;
    }

    /**
     * The carrier that this is mounted on, or null. Called on the carrier or on the thread itself.
     */
    public final @Nullable PlatformMember carrier() {
        return (run & MOUNTED) != 0 ? carrier : null;
    }

    /**
     * Called on the thread itself: yields, if it is not pinned. (The JDK's own answer,
     * {@code Continuation.isPinned}, is always true on the thread itself.)
     *
     * @return whether it has yielded
     */
    @SuppressWarnings("ThreadPriorityCheck")
    public final boolean tryYield() {
        byte before = run;
        run |= TRIES_TO_YIELD;
        Thread.yield();
        boolean hasYielded = (run & TRIES_TO_YIELD) == 0;
        if (!hasYielded) {
            run = before;
        }
        return hasYielded;
    }

    /** Called after the end: whether the thread ran; false if its start failed. */
    public final boolean hasRun() {
        return run != NOT_YET;
    }

    @Override
    final boolean isCurrent() {
        return of(Thread.currentThread()) == this && !hasEnded();
    }

    @Override
    public final boolean isVirtual() {
        return true;
    }

    @Override
    final void followOnMeter() {
        PlatformMember on = carrier();
        if (on != null) {
            on.meter().switchTo(this);
        }
    }

    /** Does nothing, since the next mount moves the meter. */
    @Override
    final void followFromOutside() {}
}
