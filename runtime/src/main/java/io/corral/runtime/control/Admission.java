package io.corral.runtime.control;

import io.corral.Scope;
import io.corral.runtime.container.Destination;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Member;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A request's right to run. It counts in each container that has a door and leads to the request's:
 * as a place until the request ends, and as a slot while a thread runs it. It is the scope of the
 * request's first part. An asynchronous request has further parts, perhaps on other threads, and
 * ends when the server says so.
 *
 * <p>The thread of the first part counts it in. Whoever changes the state to {@code ENDED} counts
 * it out. So each is done once, also if the end is found by {@link #isLost}.
 */
public final class Admission implements Scope {

    private static final AtomicIntegerFieldUpdater<Admission> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Admission.class, "state");

    private static final AtomicIntegerFieldUpdater<Admission> PARTS =
            AtomicIntegerFieldUpdater.newUpdater(Admission.class, "parts");

    private static final AtomicIntegerFieldUpdater<Admission> HOLDS_SLOTS =
            AtomicIntegerFieldUpdater.newUpdater(Admission.class, "holdsSlots");

    /** Some of its doors may have counted it already. */
    private static final int PASSES = 0;

    private static final int OPEN = 1;
    private static final int ENDED = 2;

    /** That of a request which is in no entry of {@link Admissions}. */
    static final int NO_ENTRY = -1;

    /**
     * A request is counted out that has no thread, and is not ended by its server, for so long; or
     * that is neither let in nor refused, and does not wait.
     */
    private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Looks at a request, one a second, that must find it ended. */
    private static final int LOOKS = 5;

    private volatile int state = PASSES;

    /** Innermost first. */
    private final ContainerControl[] doors;

    /** The thread that began the latest part. */
    private volatile Thread thread;

    /** Virtual threads take turns in the run queue of their container, and not at the door. */
    private final boolean isVirtual;

    private final long begunNanoTime;

    /** Whether its thread waits for its turn at a door. That thread writes it. */
    volatile boolean waits;

    /** How long it has waited so. Written before it is let in, which other threads see. */
    private long waitedNanos;

    /** The number of doors, from the innermost on, that have counted its place. */
    private int placesTaken;

    /** As {@link #placesTaken}, for its slot, while the request passes. */
    private int slotsTaken;

    /** 1 while all doors have counted a slot. Threads of different parts change it. */
    private volatile int holdsSlots;

    /** Null if no limit is in monitor mode. */
    private @Nullable MonitoredRequest monitored;

    /** That of the first part. Null until it is open, and when it is closed. */
    private volatile @Nullable EnteredScope scope;

    /** That of the latest further part. */
    private volatile @Nullable EnteredScope partScope;

    /** The threads that work for the request. */
    private volatile int parts = 1;

    /** Whether the request goes on after its parts, until the server ends it. */
    private volatile boolean isAsync;

    private volatile long idleSinceNanoTime;

    /**
     * The request's first admission, if a later part of the request enters another container. This
     * admission takes over the places and slots of the doors that both pass. Null once it has done
     * that.
     */
    private @Nullable Admission earlier;

    /** Its entry in {@link Admissions}. Written before other threads can see the request. */
    int entry = NO_ENTRY;

    /** How many looks in a row have found it ended. Accessed by the tick only. */
    private int looks;

    Admission(ContainerControl[] doors, Thread thread) {
        this(doors, thread, null);
    }

    Admission(ContainerControl[] doors, Thread thread, @Nullable Admission earlier) {
        this.doors = doors;
        this.thread = thread;
        this.isVirtual = Jdk.isVirtual(thread) && RunQueues.isOn();
        this.earlier = earlier;
        this.begunNanoTime = System.nanoTime();
    }

    /** Cheaper than that of {@link Object}, which the JVM has to make. */
    @Override
    public int hashCode() {
        return Long.hashCode(begunNanoTime);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    long begunNanoTime() {
        return begunNanoTime;
    }

    /** Called by its thread after a wait at a door. */
    void hasWaited(long nanos) {
        waitedNanos += nanos;
    }

    /** The time since it was let in. */
    private long ranNanos() {
        return System.nanoTime() - begunNanoTime - waitedNanos;
    }

    /** Has the tick look at the doors. */
    void activate() {
        Control.activate(doors);
        Control.tickIfOverdue(begunNanoTime);
    }

    ContainerControl door() {
        return doors[0];
    }

    Thread thread() {
        return thread;
    }

    boolean hasEnded() {
        return state == ENDED;
    }

    /** Whether the request has begun and not ended. Any thread may ask. */
    public boolean isOpen() {
        return state == OPEN;
    }

    /** Called by the tick if its thread waits for something: it needs no slot meanwhile. */
    void countSleeping() {
        for (ContainerControl door : doors) {
            door.share.sleeping++;
        }
    }

    /** Whether a thread is working for it, and not only waiting at a door. */
    boolean isRunning() {
        return state == OPEN && parts > 0;
    }

    /**
     * Called on the thread of the first part: takes a place and a slot at each door. What it has
     * taken it keeps, but for places of which others are missing.
     *
     * @param own the queue in which the request waits and has its turn; null if it waits in none
     * @return the door that keeps it from going on, or null
     */
    @Nullable Blocked tryPass(@Nullable WaitQueue own) {
        if (placesTaken < doors.length) {
            Blocked blocked = tryPlaces(own);
            if (blocked != null) {
                giveBackPlaces();
                return blocked;
            }
        }
        Blocked blocked = trySlots(own);
        if (blocked == null) {
            holdsSlots = 1;
        } else {
            giveBackSomeSlots();
        }
        return blocked;
    }

    /**
     * From the innermost door on, so that a request that its own container refuses takes nothing
     * from others. A thread that has its turn does not queue again at another door: two such
     * threads would change places for ever.
     */
    private @Nullable Blocked tryPlaces(@Nullable WaitQueue own) {
        for (int i = 0; i < doors.length; i++) {
            RequestPlaces places = doors[i].places;
            if (takesOver(doors[i])) {
                placesTaken = i + 1;
                continue;
            }
            boolean isParentShort = i + 1 < doors.length
                    && doors[i].settings().fair() != null
                    && places.isOverShareOf(doors[i + 1].places);
            if (isParentShort) {
                return new Blocked(doors[i + 1], places.waiters, true);
            }
            if ((own == null && !places.haveRoom()) || !places.tryTake()) {
                return new Blocked(doors[i], places.waiters, true);
            }
            placesTaken = i + 1;
        }
        return null;
    }

    private @Nullable Blocked trySlots(@Nullable WaitQueue own) {
        for (int i = 0; i < doors.length; i++) {
            RunSlots slots = doors[i].slots;
            if (takesOver(doors[i])) {
                slotsTaken = i + 1;
                continue;
            }
            if (isVirtual && !slots.isLimitedByQuota()) {
                slots.take();
                slotsTaken = i + 1;
                continue;
            }
            if ((own == null && !slots.haveRoom()) || !slots.tryTake()) {
                return new Blocked(doors[i], slots.waiters, false);
            }
            slotsTaken = i + 1;
        }
        return null;
    }

    /**
     * Takes the places and slots that are missing, above the limits, for a request that is not
     * refused, and has the tick look at its doors.
     */
    void pass() {
        while (placesTaken < doors.length) {
            if (!takesOver(doors[placesTaken])) {
                doors[placesTaken].places.take();
            }
            placesTaken++;
        }
        while (slotsTaken < doors.length) {
            if (!takesOver(doors[slotsTaken])) {
                doors[slotsTaken].slots.take();
            }
            slotsTaken++;
        }
        holdsSlots = 1;
        // The tick may have found a container empty before the request was counted. Then the tick
        // has stopped looking at that container.
        Control.activate(doors);
    }

    /** Called when it has passed: ends the earlier one, but for what both count. */
    void takeOver() {
        Admission from = earlier;
        if (from == null) {
            return;
        }
        boolean isCounted = from.endBut(this);
        earlier = null;
        if (isCounted) {
            isAsync = from.isAsync;
        } else {
            for (ContainerControl door : doors) {
                if (from.hasPassed(door)) {
                    door.places.take();
                    door.slots.take();
                }
            }
        }
    }

    /** @return false if it has ended before */
    @ReservedStack
    private boolean endBut(Admission next) {
        int before = STATE.getAndSet(this, ENDED);
        if (before == ENDED) {
            return false;
        }
        endMonitored();
        Admissions.remove(this);
        boolean hasSlots = HOLDS_SLOTS.getAndSet(this, 0) == 1;
        placesTaken = 0;
        for (ContainerControl door : doors) {
            if (next.hasPassed(door)) {
                if (!hasSlots) {
                    door.slots.take();
                }
            } else {
                if (hasSlots) {
                    door.slots.giveBack();
                }
                door.places.giveBack();
                door.share.requestEnded(ranNanos());
            }
        }
        return true;
    }

    private boolean takesOver(ContainerControl door) {
        Admission from = earlier;
        return from != null && from.hasPassed(door);
    }

    @ReservedStack
    private void giveBackPlaces() {
        while (placesTaken > 0) {
            placesTaken--;
            if (!takesOver(doors[placesTaken])) {
                doors[placesTaken].places.giveBack();
            }
        }
    }

    @ReservedStack
    private void giveBackSomeSlots() {
        while (slotsTaken > 0) {
            slotsTaken--;
            if (!takesOver(doors[slotsTaken])) {
                doors[slotsTaken].slots.giveBack();
            }
        }
    }

    @ReservedStack
    private void giveBackSlots() {
        if (HOLDS_SLOTS.getAndSet(this, 0) == 1) {
            for (ContainerControl door : doors) {
                if (!takesOver(door)) {
                    door.slots.giveBack();
                }
            }
        }
    }

    /** Counts what limits in monitor mode would have done with a request that has passed. */
    void monitor(boolean mayWait, boolean canRefuse) {
        MonitoredRequest request = MonitoredRequest.of(doors, mayWait, canRefuse);
        if (request != null) {
            monitored = request;
            request.begin();
        }
    }

    private void endMonitored() {
        MonitoredRequest request = monitored;
        if (request != null) {
            monitored = null;
            request.end();
        }
    }

    /** Whether all of these doors have let it in. */
    boolean hasPassed(ContainerControl[] others) {
        for (ContainerControl other : others) {
            if (!hasPassed(other)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasPassed(ContainerControl other) {
        for (ContainerControl door : doors) {
            if (door == other) {
                return true;
            }
        }
        return false;
    }

    /** Opens the scope of the first part. If that fails, the request has ended. */
    void open(Member member, Destination destination) {
        boolean isDone = false;
        try {
            boolean isOpen = STATE.compareAndSet(this, PASSES, OPEN);
            // Nothing may fail after this, since the caller would not get the scope.
            scope = EnteredScope.open(member, destination);
            isDone = isOpen;
        } finally {
            if (!isDone) {
                end();
            }
        }
    }

    /** Ends the first part, on its thread. */
    @Override
    public void close() {
        EnteredScope open = scope;
        if (open == null) {
            return;
        }
        boolean isOthers = true;
        try {
            open.close();
            isOthers = false;
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            // The scope is closed nevertheless.
            isOthers = false;
            throw exhausted;
        } finally {
            if (!isOthers) {
                scope = null;
                endPart();
            }
        }
    }

    /** Begins a further part on the calling thread. It runs without a wait. */
    Scope beginPart(Member member, Destination destination) {
        Part part = new Part();
        part.within = EnteredScope.open(member, destination);
        partScope = part.within;
        PARTS.getAndIncrement(this);
        thread = Thread.currentThread();
        takeSlots();
        return part;
    }

    @ReservedStack
    private void takeSlots() {
        if (HOLDS_SLOTS.compareAndSet(this, 0, 1)) {
            for (ContainerControl door : doors) {
                door.slots.take();
            }
            if (state == ENDED) {
                giveBackSlots();
            }
        }
    }

    @ReservedStack
    private void endPart() {
        if (PARTS.decrementAndGet(this) > 0) {
            return;
        }
        if (isAsync) {
            idleSinceNanoTime = System.nanoTime();
            giveBackSlots();
        }
        // The server may have ended the request meanwhile.
        if (!isAsync) {
            end();
        }
    }

    /** Called when the application makes the request asynchronous, within a part. */
    public void becomesAsync() {
        isAsync = true;
    }

    /** Called when the server ends an asynchronous request. */
    public void serverEnds() {
        isAsync = false;
        if (parts == 0) {
            end();
        }
    }

    /**
     * Counts the request out, once.
     *
     * @return false if it has ended before
     */
    @ReservedStack
    boolean end() {
        int before = STATE.getAndSet(this, ENDED);
        if (before == ENDED) {
            return false;
        }
        endMonitored();
        Admissions.remove(this);
        if (holdsSlots == 0 && before == PASSES) {
            giveBackSomeSlots();
        }
        giveBackSlots();
        giveBackPlaces();
        if (before == OPEN) {
            long duration = ranNanos();
            for (ContainerControl door : doors) {
                door.share.requestEnded(duration);
            }
        }
        return true;
    }

    /**
     * Called by the tick: whether the request has ended without a call of {@link #close} or
     * {@link #serverEnds}. Its thread has ended, or has left the scope together with an outer one,
     * or has given it up, or the server has been silent for a minute. Looks several times, since a
     * thread that is about to call may be without a CPU.
     */
    boolean isLost(long nowNanoTime) {
        looks = seemsLost(nowNanoTime) ? looks + 1 : 0;
        return looks >= LOOKS;
    }

    private boolean seemsLost(long nowNanoTime) {
        if (parts == 0) {
            return !isAsync || nowNanoTime - idleSinceNanoTime > MAX_IDLE_NANOS;
        }
        if (state == PASSES) {
            // A thread without stack or memory to count it out may go on with other work.
            return !thread.isAlive() || (!waits && nowNanoTime - begunNanoTime > MAX_IDLE_NANOS);
        }
        return !isOpen(scope) && !isOpen(partScope);
    }

    private static boolean isOpen(@Nullable EnteredScope known) {
        return known != null && known.isOpen();
    }

    /** A further part of an asynchronous request, on one thread. */
    private final class Part implements Scope {

        /** Created before it is opened, since there may be no memory for it. */
        private @Nullable EnteredScope within;

        private boolean isOver;

        @Override
        public void close() {
            EnteredScope open = within;
            if (open != null) {
                open.close();
            }
            if (!isOver) {
                isOver = true;
                endPart();
            }
        }
    }
}
