package io.corral.runtime.control;

import io.corral.LimitExceededException;
import io.corral.Scope;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.VirtualMember;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The entry of requests into containers with limits. A request is the outermost scope that leads
 * into such a container: what a thread enters there, starts and hands over passes. Here a thread
 * holds nothing that others may need, so this is the only place where a limit makes it wait.
 *
 * <p>The door is open if anything fails, and if the tick has stopped; see
 * {@link Control#isOpen(long)}.
 */
public final class Door {

    /** How long a waiting thread trusts that it will be woken. */
    private static final long MAX_PARK_NANOS = 100_000_000;

    private Door() {}

    /**
     * Called where a method is entered that a rule names, if a limit is set anywhere.
     *
     * @param mayWait whether a rule lets threads wait here, if the method is no server's
     * @return the scope; or {@link Refused} if the caller must skip the method
     */
    public static Object enter(Member member, Destination destination, boolean mayWait) {
        RequestDestination request = destination instanceof RequestDestination known ? known : null;
        try {
            Object passed = request == null
                    ? enterMethod(member, destination, mayWait)
                    : enterPart(member, request);
            if (passed != null) {
                return passed;
            }
        } catch (Throwable failure) {
            HookFailures.CONTROL.report(failure);
        }
        return EnteredScope.open(member, destination);
    }

    /** @return null if there is no door to pass */
    private static @Nullable Object enterMethod(
            Member member, Destination destination, boolean mayWait) {
        ContainerControl[] doors = doorsInto(destination, member.working());
        if (doors.length == 0) {
            return null;
        }
        Admission admission = new Admission(doors, Thread.currentThread());
        pass(admission, mayWait, false);
        admission.open(member, destination);
        return admission;
    }

    /** @return null if there is no door to pass */
    private static @Nullable Object enterPart(Member member, RequestDestination request) {
        Membership before = member.working();
        Admission earlier = request.admission();
        boolean isAdmitted = earlier != null && earlier.isOpen();
        boolean isWithin = doors(before).length > 0;
        if (isWithin && !isAdmitted) {
            return null;
        }
        ContainerControl[] doors = doors(before.enter(request));
        if (doors.length == 0) {
            if (earlier != null && isAdmitted && isWithin) {
                // The request is of a container without limits, as a later part has found out.
                earlier.end();
            }
            return null;
        }
        if (earlier != null && isAdmitted) {
            if (earlier.hasPassed(doors)) {
                return isWithin ? null : earlier.beginPart(member, request);
            }
        } else if (earlier != null && !request.countsAgain()) {
            // A part that follows after the end, such as an error page.
            return null;
        }
        if (!request.mayBeCounted()) {
            return null;
        }
        // A later part enters another container: the request leaves the container of its first
        // part.
        Admission replaced = isAdmitted ? earlier : null;
        Admission admission = new Admission(doors, Thread.currentThread(), replaced);
        Refused refused = pass(admission, !isAdmitted && request.mayWait(), request.canRefuse());
        if (refused != null) {
            if (request.refuse(refused)) {
                return refused;
            }
            admission = new Admission(doors, Thread.currentThread(), replaced);
            letIn(admission);
        }
        admission.open(member, request);
        request.admitted(admission);
        return admission;
    }

    /**
     * For {@link io.corral.Container#admit}.
     *
     * @throws LimitExceededException if a limit refused
     */
    public static Scope admit(Member member, ContainerNode container) {
        ContainerControl[] doors = doorsInto(container, member.working());
        if (doors.length == 0) {
            return EnteredScope.open(member, container);
        }
        Admission admission = new Admission(doors, Thread.currentThread());
        Refused refused;
        try {
            refused = pass(admission, true, true);
        } catch (RuntimeException failure) {
            HookFailures.CONTROL.report(failure);
            return EnteredScope.open(member, container);
        }
        if (refused != null) {
            throw new LimitExceededException(
                    refused.message(),
                    refused.container().api(),
                    refused.control(),
                    refused.limit(),
                    refused.use(),
                    Duration.ofNanos(refused.retryAfterNanos()));
        }
        admission.open(member, container);
        return admission;
    }

    /** None for a thread that works in a container with doors already. */
    private static ContainerControl[] doorsInto(Destination destination, Membership before) {
        return doors(before).length == 0 ? doors(before.enter(destination)) : LimitChain.NO_DOORS;
    }

    /** The doors of the containers of a membership, innermost first; one hierarchy's by another. */
    private static ContainerControl[] doors(Membership membership) {
        ContainerControl[] doors = LimitChain.NO_DOORS;
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            ContainerControl[] here = Control.chain(membership.container(hierarchy)).doors;
            if (here.length > 0) {
                doors = LimitChain.join(doors, here);
            }
        }
        return doors;
    }

    /** @return null if the request may begin; then it is counted */
    private static @Nullable Refused pass(Admission admission, boolean mayWait, boolean canRefuse) {
        boolean isDone = false;
        try {
            Admissions.add(admission);
            admission.activate();
            boolean isOpen = Control.isOpen(admission.begunNanoTime());
            Refused refused = isOpen ? null : tryPass(admission, mayWait, canRefuse);
            if (refused == null) {
                letInCounted(admission, mayWait, canRefuse);
            } else {
                admission.end();
            }
            isDone = true;
            return refused;
        } finally {
            if (!isDone) {
                admission.end();
            }
        }
    }

    /** Lets a request in that should have been refused. */
    private static void letIn(Admission admission) {
        boolean isDone = false;
        try {
            Admissions.add(admission);
            admission.door().over.incrementAndGet();
            letInCounted(admission, false, false);
            isDone = true;
        } finally {
            if (!isDone) {
                admission.end();
            }
        }
    }

    private static void letInCounted(Admission admission, boolean mayWait, boolean canRefuse) {
        admission.pass();
        admission.takeOver();
        admission.door().admitted.incrementAndGet();
        admission.monitor(mayWait, canRefuse);
    }

    private static @Nullable Refused tryPass(
            Admission admission, boolean mayWait, boolean canRefuse) {
        Blocked blocked = admission.tryPass(null);
        if (blocked == null) {
            return null;
        }
        if (VirtualThreadLimits.areMonitored(admission.thread())) {
            countMonitored(blocked, mayWait, canRefuse);
            return null;
        }
        blocked.by().notices.exceeded(blocked.control(), false);
        Blocked still = mayWait ? await(admission, blocked) : blocked;
        if (still == null) {
            return null;
        }
        if (!canRefuse) {
            still.by().over.incrementAndGet();
            return null;
        }
        still.by().shed.incrementAndGet();
        return refused(still);
    }

    private static void countMonitored(Blocked blocked, boolean mayWait, boolean canRefuse) {
        if (mayWait && blocked.waitNanos() > 0) {
            blocked.by().wouldWait(blocked.control());
        } else if (canRefuse) {
            blocked.by().wouldShed(blocked.control());
        }
    }

    private static Refused refused(Blocked blocked) {
        ContainerControl by = blocked.by();
        String control = blocked.control();
        return switch (control) {
            case LimitNames.REQUESTS_MAX ->
                new Refused(
                        by.container(),
                        control,
                        by.places.max(),
                        by.places.current(),
                        by.nanosUntilPlace());
            case LimitNames.CPU_MAX ->
                new Refused(
                        by.container(),
                        control,
                        by.quota.nanosPerSecond(),
                        by.quota.nanosPerSecond() + by.quota.debtNanos(),
                        by.quota.nanosUntilOpen());
            default ->
                new Refused(
                        by.container(),
                        control,
                        by.slots.limit(),
                        by.slots.used(),
                        by.nanosUntilSlot());
        };
    }

    /**
     * Waits until the request may begin.
     *
     * @return null if it may; else what blocks it
     */
    private static @Nullable Blocked await(Admission admission, Blocked first) {
        Thread thread = Thread.currentThread();
        if (first.waitNanos() <= 0) {
            return first;
        }
        BlockingPool pool = BlockingPool.of(thread);
        if ((pool == null && !isUnpinnedVirtual()) || EventLoops.areRunning()) {
            return first;
        }
        return await(admission, first, thread, pool);
    }

    /** Whether the calling thread is a virtual one that may wait without blocking its carrier. */
    private static boolean isUnpinnedVirtual() {
        return Members.currentOrNull() instanceof VirtualMember thread && thread.tryYield();
    }

    private static @Nullable Blocked await(
            Admission admission, Blocked first, Thread thread, @Nullable BlockingPool pool) {
        long began = System.nanoTime();
        boolean hasWaited = false;
        Blocked blocked = first;
        admission.waits = true;
        try {
            while (true) {
                // Created before it counts, since there may be no memory for it.
                Waiter waiter = new Waiter(thread, pool);
                if (pool != null && !pool.tryWait(blocked.by(), blocked.queue())) {
                    return blocked;
                }
                hasWaited = true;
                Blocked next;
                try {
                    next = awaitAt(admission, blocked, waiter, began);
                } finally {
                    if (pool != null) {
                        pool.waited();
                    }
                }
                if (next == null || waiter.hasGivenUp) {
                    return next;
                }
                blocked = next;
            }
        } finally {
            admission.waits = false;
            if (hasWaited) {
                long waited = System.nanoTime() - began;
                admission.hasWaited(waited);
                first.by().countWait(waited);
            }
        }
    }

    /**
     * Waits in one queue.
     *
     * @return null if the request may begin; else what blocks it now, perhaps in another queue
     */
    private static @Nullable Blocked awaitAt(
            Admission admission, Blocked blocked, Waiter waiter, long began) {
        WaitQueue queue = blocked.queue();
        if (began + blocked.waitNanos() - System.nanoTime() <= 0) {
            waiter.hasGivenUp = true;
            return blocked;
        }
        try {
            queue.add(waiter);
            while (true) {
                boolean isFirst = queue.isFirst(waiter);
                if (isFirst || waiter.mayTry) {
                    waiter.mayTry = false;
                    Blocked now = admission.tryPass(queue);
                    if (now == null || now.queue() != queue) {
                        return now;
                    }
                }
                long left = began + blocked.waitNanos() - System.nanoTime();
                if (left <= 0 || waiter.isShed || waiter.thread.isInterrupted()) {
                    waiter.hasGivenUp = true;
                    return blocked;
                }
                Control.tickIfOverdue(System.nanoTime());
                if (Control.isOpen(System.nanoTime())) {
                    return null;
                }
                // Whoever leaves the queue wakes the first one.
                LockSupport.parkNanos(queue, isFirst ? Math.min(left, MAX_PARK_NANOS) : left);
            }
        } finally {
            queue.leave(waiter);
        }
    }
}
