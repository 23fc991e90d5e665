package io.corral.runtime.runqueue;

import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.QueuedVirtualMember;
import io.corral.runtime.thread.VirtualMember;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads that are ready to run, and the slots that bound how many of them run at once. The
 * scheduler gets a token for each slot in use, and never a thread. A carrier that runs a token
 * takes the next thread from the queue. So a crowd of threads waits here, and the scheduler's own
 * queue stays short.
 *
 * <p>A thread may be queued twice, since the JDK submits a thread again after a stack trace of it
 * was taken. The second run does nothing. A thread that is queued while the queue can't be
 * dispatched is run by a later token, at the latest by one that the tick sends.
 */
public final class RunQueue {

    /** The number of slots of an open queue. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /**
     * A thread that is ready is put into the queue of a container that is behind its share when
     * this is not null: the next carrier that ends a run takes it first. A concurrent write may be
     * lost, since the thread has a token as well.
     */
    private static volatile @Nullable RunQueue urgent;

    private final ReadyThreads ready = new ReadyThreads();

    /** Slots in use: tokens that wait for a carrier, and runs. */
    private final AtomicInteger used = new AtomicInteger();

    private volatile int slots;

    /** Whether threads pass without being queued. */
    private volatile boolean isOpen;

    /** Whether the container has used less CPU time than its share. Set by the tick. */
    private volatile boolean isBehind = true;

    /** Whether a thread found no free slot since the tick asked. */
    private volatile boolean hasWaited;

    /**
     * The queue that has fewer slots while threads of this one run, and gets the CPU at the end of
     * a run that leaves this queue empty. Set by the tick. Null if there is none.
     */
    private volatile @Nullable RunQueue heir;

    // Accessed by the tick only.

    private int onCarriers;
    private int stalled;

    /** Whether a run has begun since the tick asked. Carriers only read it, but for the first. */
    private volatile boolean hasRun;

    public RunQueue(int slots) {
        this.slots = slots;
    }

    /**
     * Queues a thread in place of its submission, on any thread. If this throws, the caller submits
     * the thread itself: a second run does nothing.
     *
     * @param isUnblocked whether a lock was released to the thread
     * @return false if the queue is open, so that the caller submits the thread itself
     */
    public boolean add(VirtualMember thread, boolean isUnblocked) {
        if (isOpen) {
            return false;
        }
        if (thread instanceof QueuedVirtualMember measured) {
            measured.ready();
        }
        ready.add(thread, isUnblocked);
        try {
            added(!isLeaving(thread));
        } catch (Throwable failure) {
            // The thread is queued. A later token runs it, at the latest one that the tick sends.
            HookFailures.MOUNT.report(failure);
        }
        return true;
    }

    private void added(boolean needsCarrier) {
        if (isOpen) {
            // The queue was emptied before this thread came.
            submitAll();
        } else if (needsCarrier) {
            if (isBehind) {
                urgent = this;
            }
            sendToken();
        }
    }

    /**
     * Whether {@code thread} is just being unmounted by the calling carrier, in a run of this
     * queue. Then the end of that run takes it, without waking another carrier.
     */
    private boolean isLeaving(VirtualMember thread) {
        PlatformMember carrier = carrierOrNull();
        return carrier != null && carrier.runs(thread) && carrier.slotOwner() == this;
    }

    /** Sends a token to the scheduler if there is a thread and a free slot. */
    public void dispatch() {
        if (!ready.isEmpty()) {
            sendToken();
        }
    }

    private void sendToken() {
        if (tryTake()) {
            submit(false);
        } else if (!hasWaited) {
            hasWaited = true;
        }
    }

    /** Sends a token for each free slot. */
    public void dispatchAll() {
        int free = slots - used.get();
        int most = free <= 0 ? 0 : Math.min(free, ready.size());
        for (int i = 0; i < most && tryTake(); i++) {
            submit(false);
        }
    }

    /**
     * Called by a thread that has taken a slot. The scheduler may throw when it has the token
     * already: then either that run gives the slot back, or this method does.
     */
    private void submit(boolean lazily) {
        submit(lazily, false);
    }

    private void submit(boolean lazily, boolean isAboveSlots) {
        Token token = null;
        boolean isDone = false;
        try {
            token = new Token(this, isAboveSlots);
            Carriers.submit(token, lazily);
            isDone = true;
        } finally {
            if (!isDone && (token == null || token.take())) {
                used.decrementAndGet();
            }
        }
    }

    /** Takes a slot if one is free. */
    public boolean tryTake() {
        int now;
        do {
            now = used.get();
            if (now >= slots) {
                return false;
            }
        } while (!used.compareAndSet(now, now + 1));
        return true;
    }

    /** Takes a slot, also above their number. */
    public void take() {
        used.incrementAndGet();
    }

    /**
     * Gives a slot back if more are in use than there are. A token may have waited for a carrier
     * while the tick took slots away: then others are to have that carrier.
     */
    private boolean giveBackIfAbove() {
        int now;
        do {
            now = used.get();
            if (now <= slots) {
                return false;
            }
        } while (!used.compareAndSet(now, now - 1));
        // There may be more slots since.
        dispatch();
        return true;
    }

    /** A call initializes the classes that a hook needs. */
    public static void initialize() {
        Carriers.initialize();
    }

    /** Gives a slot back, and lets the next thread have it. */
    public void giveBack() {
        used.decrementAndGet();
        dispatch();
    }

    private static @Nullable PlatformMember carrierOrNull() {
        return Members.currentIfKnown() instanceof PlatformMember carrier ? carrier : null;
    }

    /** Called on a carrier that has a token, in place of a submitted thread. */
    private void runNext(boolean isAboveSlots) {
        if (!isAboveSlots && giveBackIfAbove()) {
            return;
        }
        PlatformMember carrier = begin();
        VirtualMember thread = ready.poll();
        if (thread == null) {
            giveBack();
            return;
        }
        if (!hasRun) {
            hasRun = true;
        }
        if (carrier == null) {
            run(thread);
            runEnded();
        } else {
            carrier.beginRun(this, thread);
            run(thread);
            // The thread may have exchanged the slot for one of another queue.
            ((RunQueue) carrier.endRun()).runEnded();
        }
    }

    /** Does what needs memory before a thread is taken from the queue. */
    private static @Nullable PlatformMember begin() {
        try {
            PlatformMember carrier = carrierOrNull();
            if (carrier != null) {
                Carriers.add(carrier);
            }
            return carrier;
        } catch (Throwable failure) {
            HookFailures.MOUNT.report(failure);
            return null;
        }
    }

    private static void run(VirtualMember thread) {
        try {
            thread.run();
        } catch (Throwable ofTheThread) {
            // What its uncaught exception handler has thrown. The scheduler ignores it as well.
        }
    }

    /** The carrier is about to ask the scheduler for its next task. */
    private void runEnded() {
        RunQueue first = takeUrgent();
        if (first != null) {
            first.runOneMore();
        }
        if (!ready.isEmpty() && used.get() <= slots) {
            // The slot stays in use for the next thread.
            submit(first == null);
            return;
        }
        giveBack();
        RunQueue next = heir;
        if (next != null && !next.ready.isEmpty() && next.used.get() <= next.slots) {
            next.runOneMore();
        }
    }

    /** Has the calling carrier run a thread of this queue next, also above the slots. */
    private void runOneMore() {
        take();
        try {
            submit(true, true);
        } catch (Throwable failure) {
            HookFailures.MOUNT.report(failure);
        }
    }

    /** The queue of a container that is behind its share, while that of this queue is not. */
    private @Nullable RunQueue takeUrgent() {
        RunQueue known = urgent;
        if (known == null || known == this || isBehind) {
            return null;
        }
        urgent = null;
        return known.ready.isEmpty() || known.used.get() > known.slots ? null : known;
    }

    /** Has all threads run at once, those that wait included; or bounds them again. */
    public void open(boolean isOpen) {
        boolean changes = this.isOpen != isOpen;
        this.isOpen = isOpen;
        if (isOpen) {
            slots = UNBOUNDED;
            // Also if it was open: the last time there may have been too little memory.
            submitAll();
        } else if (changes) {
            slots = Runtime.getRuntime().availableProcessors();
        }
    }

    /** Has threads queue elsewhere from now on, those that wait included. */
    public void closeInto(RunQueue other) {
        isOpen = true;
        slots = UNBOUNDED;
        VirtualMember first = ready.peek();
        while (first != null) {
            if (!other.add(first, false)) {
                submitAll();
                return;
            }
            // A token may have taken it meanwhile: then it has two runs, of which one does nothing.
            ready.remove(first);
            first = ready.peek();
        }
    }

    private void submitAll() {
        for (int i = ready.size(); i > 0; i--) {
            take();
            submit(false);
        }
    }

    /** Called by the tick. */
    public void slots(int slots) {
        if (!isOpen) {
            this.slots = slots;
        }
    }

    public int slots() {
        return slots;
    }

    public int used() {
        return used.get();
    }

    /** Called by the tick before it looks at the carriers. */
    public void beginCount() {
        onCarriers = 0;
        stalled = 0;
    }

    /** Called by the tick for each carrier that runs a thread in a slot of this queue. */
    public void countSlot(boolean isStalled) {
        onCarriers++;
        stalled += isStalled ? 1 : 0;
    }

    /** Called by the tick: the slots with which a carrier runs a thread. */
    public int onCarriers() {
        return onCarriers;
    }

    /**
     * Called by the tick: those of them whose thread keeps its carrier, and waits for something.
     */
    public int stalled() {
        return stalled;
    }

    /** Called by the tick. */
    public void isBehind(boolean isBehind) {
        this.isBehind = isBehind;
    }

    /** Called by the tick: who gets the CPU of the last run of this queue. */
    public void heir(@Nullable RunQueue heir) {
        if (this.heir != heir) {
            this.heir = heir;
        }
    }

    public boolean isEmpty() {
        return ready.isEmpty();
    }

    /** The threads that wait for a slot or for a carrier. Counts them one by one. */
    public int waiting() {
        return ready.size();
    }

    /**
     * Passes threads that wait, at most {@code most} of them, and how many each of them stands for.
     */
    public void forEachReady(int most, ObjDoubleConsumer<VirtualMember> action) {
        double standsFor = Math.max(1, (double) ready.size() / most);
        ready.forEach(most, standsFor, action);
    }

    /** Whether a thread has found no free slot since the tick asked. */
    public boolean hasWaited() {
        return hasWaited;
    }

    /** Called by the tick: whether a thread has found no free slot since the last call. */
    public boolean takeHasWaited() {
        boolean was = hasWaited;
        if (was) {
            hasWaited = false;
        }
        return was || (used.get() >= slots && !ready.isEmpty());
    }

    /** Called by the tick: whether a run has begun since the last call. */
    public boolean takeHasRun() {
        boolean was = hasRun;
        if (was) {
            hasRun = false;
        }
        return was;
    }

    /** The right to run one thread of a queue, once: the task that the scheduler gets. */
    @SuppressWarnings("serial")
    private static final class Token extends AtomicBoolean implements Runnable {

        private final transient RunQueue queue;
        private final boolean isAboveSlots;

        /** @param isAboveSlots whether its slot may be one more than the queue has */
        Token(RunQueue queue, boolean isAboveSlots) {
            this.queue = queue;
            this.isAboveSlots = isAboveSlots;
        }

        /** @return false if the token was taken before */
        boolean take() {
            return compareAndSet(false, true);
        }

        @Override
        public void run() {
            try {
                if (take()) {
                    queue.runNext(isAboveSlots);
                }
            } catch (Throwable failure) {
                HookFailures.MOUNT.report(failure);
            }
        }
    }
}
