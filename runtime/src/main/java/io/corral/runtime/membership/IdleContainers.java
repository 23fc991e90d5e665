package io.corral.runtime.membership;

import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.ScopeCounts;
import io.corral.runtime.container.Bounds;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Occupancy;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.notice.Notifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for new containers below a container: those that placeholders made and that are idle
 * give way, the longest idle ones first. A client that invents names must not push out containers
 * in use. So containers that a single request made give way before all others.
 *
 * <p>A container is idle while no thread is a member, no scope is open, and none was since the last
 * look. A thread of its own looks, from the time on when half of the places are taken, or if idle
 * containers expire. It keeps some places free, so that requests need not wait for it. It begins
 * with the first container for which it has to look.
 */
public final class IdleContainers implements Occupancy.Listener, Runnable {

    /** The idle time after which a container that a single request made gives way. */
    private static final long ONE_REQUEST_IDLE_NANOS = 1_000_000_000;

    /** The period of looks while places are short. */
    static final long PERIOD_NANOS = 250_000_000;

    private static final long MAX_PERIOD_NANOS = 60_000_000_000L;

    /** The number of looks within the time after which a container expires. */
    private static final int LOOKS_UNTIL_EXPIRY = 8;

    /** The least time between two looks, since new containers ask for looks. */
    private static final long PAUSE_NANOS = 20_000_000;

    /** One of this many places is kept free. */
    private static final int PLACES_OF_ONE_FREE = 8;

    /** The number of containers that one look looks at, below each container. */
    private static final int MAX_LOOKED_AT = 10_000;

    private static final long LINE_PERIOD_NANOS = 60_000_000_000L;

    /** The uses of a container that is in use, or never gives way. */
    private static final long IN_USE = -1;

    private static final IdleContainers INSTANCE = new IdleContainers(new SystemClock());

    private final LongSupplier nanoTime;

    /** 1 once the thread was asked to start. */
    private final AtomicInteger started = new AtomicInteger();

    /** Null until it is started. */
    private volatile @Nullable Thread thread;

    /** Whether the thread was asked to look now. */
    private volatile boolean isAsked;

    /** The time until the next look, unless it is asked for; 0 if it waits to be asked. */
    private volatile long period;

    // Accessed by the thread that looks.

    /** The time that looks have seen pass. A jump of the clock, or a pause of the JVM, is none. */
    private long time;

    private long lastLookNanoTime;

    /** Where the last look stopped, below containers with many others below them. */
    private final Map<ContainerNode, Iterator<ContainerNode>> unfinished = new HashMap<>();

    private long lastLineNanos = -LINE_PERIOD_NANOS;
    private boolean isReported;

    /** Written by the thread that looks. */
    private volatile long removed;

    /** A container that may give way. They are sorted: the first one gives way first. */
    private record Candidate(ContainerNode container, boolean isFromOneRequest, long sinceNanos)
            implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return isFromOneRequest == other.isFromOneRequest
                    ? Long.compare(sinceNanos, other.sinceNanos)
                    : isFromOneRequest ? -1 : 1;
        }
    }

    private static final class SystemClock implements LongSupplier {
        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }

    IdleContainers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastLookNanoTime = nanoTime.getAsLong();
    }

    /** Begins to look when it becomes necessary. */
    public static void install() {
        Occupancy.listener(INSTANCE);
    }

    /** Called after the options have changed. */
    public static void optionsChanged() {
        if (!Occupancy.parents().isEmpty()) {
            INSTANCE.ask();
        }
    }

    /** How many containers have given way or have expired. */
    public static long removed() {
        return INSTANCE.removed;
    }

    /** Called within hooks. */
    @Override
    public void made(ContainerNode parent) {
        int places = Bounds.places();
        int taken = parent.childCount();
        boolean isCrowded = isCrowded(taken, places);
        if (isCrowded || Bounds.expire()) {
            boolean isUrgent = places - taken < reserve(places) / 2;
            if (isUrgent || period == 0 || (isCrowded && period > PERIOD_NANOS)) {
                ask();
            }
        }
    }

    private static boolean isCrowded(int taken, int places) {
        return taken * 2L > places;
    }

    private static int reserve(int places) {
        return Math.max(places / PLACES_OF_ONE_FREE, 1);
    }

    /** Asks for a look. Does not block. */
    private void ask() {
        if (isAsked) {
            return;
        }
        isAsked = true;
        Thread known = thread;
        Notifier notifier = Notifier.Current.notifier;
        if (known != null) {
            LockSupport.unpark(known);
        } else if (notifier == null) {
            isAsked = false;
        } else if (started.compareAndSet(0, 1)) {
            notifier.later(new Start(this));
        }
    }

    private record Start(IdleContainers started) implements Runnable {
        @Override
        public void run() {
            Thread made = new CorralThread("corral-places", started);
            started.thread = made;
            made.start();
        }
    }

    @Override
    public void run() {
        while (true) {
            isAsked = false;
            try {
                look();
            } catch (Throwable failure) {
                HookFailures.BACKGROUND.report(failure);
            }
            pause();
            if (!isAsked) {
                if (period == 0) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, period);
                }
            }
        }
    }

    private static void pause() {
        long begin = System.nanoTime();
        long left = PAUSE_NANOS;
        while (left > 0) {
            // A thread that is interrupted does not park.
            Thread.interrupted();
            LockSupport.parkNanos(left);
            left = PAUSE_NANOS - (System.nanoTime() - begin);
        }
    }

    /** Looks at all containers that may have to give way, and makes room. */
    void look() {
        long now = nanoTime.getAsLong();
        long longest = 2 * Math.max(period, PERIOD_NANOS);
        time += Math.min(Math.max(now - lastLookNanoTime, 0), longest);
        lastLookNanoTime = now;
        boolean isCrowded = false;
        for (ContainerNode parent : Occupancy.parents()) {
            if (parent.isRemoved()) {
                Occupancy.parents().remove(parent);
                unfinished.remove(parent);
            } else if (isCrowded(parent.childCount(), Bounds.places())) {
                isCrowded = true;
                makeRoom(parent);
            } else if (Bounds.expire()) {
                makeRoom(parent);
            }
        }
        period = isCrowded ? PERIOD_NANOS : Bounds.expire() ? calmPeriod() : 0;
    }

    private static long calmPeriod() {
        long part = Bounds.expireNanos() / LOOKS_UNTIL_EXPIRY;
        return Math.min(Math.max(part, PERIOD_NANOS), MAX_PERIOD_NANOS);
    }

    private void makeRoom(ContainerNode parent) {
        List<Candidate> candidates = new ArrayList<>();
        int expired = 0;
        Iterator<ContainerNode> stopped = unfinished.remove(parent);
        Iterator<ContainerNode> children =
                stopped == null ? parent.childNodes().iterator() : stopped;
        for (int i = 0; i < MAX_LOOKED_AT && children.hasNext(); i++) {
            ContainerNode child = children.next();
            Occupancy occupancy = child.occupancy();
            if (occupancy != null && !child.isRemoved()) {
                long idle = idleNanos(child, occupancy);
                boolean isFromOneRequest = isFromOneRequest(occupancy);
                if (idle >= Bounds.expireNanos()) {
                    expired += giveWay(child) ? 1 : 0;
                } else if (idle >= leastIdleNanos(isFromOneRequest)) {
                    candidates.add(
                            new Candidate(child, isFromOneRequest, occupancy.idleSinceNanos));
                }
            }
        }
        if (children.hasNext()) {
            unfinished.put(parent, children);
        }
        report(parent, makeRoom(parent, candidates), expired);
    }

    /** @return how many containers have given way */
    private static int makeRoom(ContainerNode parent, List<Candidate> candidates) {
        int places = Bounds.places();
        int excess = parent.childCount() - (places - reserve(places));
        if (excess <= 0) {
            return 0;
        }
        Collections.sort(candidates);
        int gaveWay = 0;
        for (Candidate each : candidates) {
            if (gaveWay == excess) {
                break;
            }
            gaveWay += giveWay(each.container) ? 1 : 0;
        }
        return gaveWay;
    }

    private static long leastIdleNanos(boolean isFromOneRequest) {
        long idle = Bounds.idleNanos();
        return isFromOneRequest ? Math.min(ONE_REQUEST_IDLE_NANOS, idle) : idle;
    }

    /** How long looks have found a container idle. */
    private long idleNanos(ContainerNode container, Occupancy occupancy) {
        long uses = uses(container);
        if (uses == IN_USE || uses != occupancy.uses) {
            occupancy.uses = uses;
            occupancy.idleSinceNanos = time;
        }
        return time - occupancy.idleSinceNanos;
    }

    /**
     * How often the container and those below it were used: a number that changes with each use, or
     * {@link #IN_USE}.
     */
    private static long uses(ContainerNode container) {
        Occupancy occupancy = container.occupancy();
        if (occupancy == null || occupancy.isHeld()) {
            return IN_USE;
        }
        long scopes = occupancy.scopes.openedUnlessOpen();
        long members = container.membersUnlessPopulated();
        if (scopes == ScopeCounts.OPEN || members == AccountTotals.PINNED) {
            return IN_USE;
        }
        long uses = scopes + members;
        for (ContainerNode child : container.childNodes()) {
            long below = uses(child);
            if (below == IN_USE) {
                return IN_USE;
            }
            // A child that has given way was used once at least.
            uses += 1 + below;
        }
        return uses;
    }

    /** A container that a rule for threads made has no requests; its uses are the threads. */
    private static boolean isFromOneRequest(Occupancy occupancy) {
        int requests = occupancy.requests();
        return requests == 1 || (requests == 0 && occupancy.uses <= 1);
    }

    /** @return false if it, or one below it, has been used meanwhile */
    private static boolean giveWay(ContainerNode container) {
        for (ContainerNode child : container.childNodes()) {
            if (!giveWay(child)) {
                return false;
            }
        }
        return Removal.giveWay(container);
    }

    private void report(ContainerNode parent, int gaveWay, int expired) {
        if (gaveWay + expired == 0) {
            return;
        }
        long total = removed + gaveWay + expired;
        removed = total;
        if (time - lastLineNanos < LINE_PERIOD_NANOS) {
            return;
        }
        lastLineNanos = time;
        String line = (gaveWay == 0
                        ? "idle containers below " + parent + " expire"
                        : parent + " has more containers than places: idle ones give way to new"
                                + " ones")
                + ", " + total + " so far; their usage stays in " + parent;
        if (gaveWay > 0 && !isReported) {
            isReported = true;
            Log.error(line + " (options places=" + Bounds.places() + " and idle; further lines come"
                    + " with log=info, one a minute at most)");
        } else {
            Log.info(line);
        }
    }
}
