package io.corral.runtime.control;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.HomeCounts;

/**
 * The limits {@code threads.max} at the starts, ends and moves of threads. Each is counted at every
 * limited level, innermost first. If a level refuses a start, those before it are undone.
 *
 * <p>A start is refused, a move or an adoption never: then the count may exceed the limit. A start
 * below a class initializer is not refused either, since the class would be unusable for everybody.
 */
final class ThreadLimits implements HomeCounts.Counter {

    private static final ContainerControl[] NONE = {};

    ThreadLimits() {
        // Initializes the class: a start that is refused may have no stack for that.
        ClassInitializers.areRunning();
    }

    @Override
    public HomeCounts.Verdict start(Thread child, Membership home) {
        ContainerControl[] limits = limits(home);
        if (limits.length == 0) {
            return HomeCounts.ADMITTED;
        }
        boolean isForced = home.belongsToJvm();
        boolean isExcess = false;
        boolean isAdmitted = false;
        int counted = 0;
        try {
            while (counted < limits.length) {
                ContainerControl limit = limits[counted];
                ThreadCount.Outcome outcome = limit.threads.add(isForced, isExcess);
                if (outcome == ThreadCount.Outcome.REFUSED
                        && VirtualThreadLimits.areMonitored(child)) {
                    limit.threads.wouldRefuse.incrementAndGet();
                    limit.notices.exceeded(LimitNames.THREADS_MAX, true);
                    isForced = true;
                    continue;
                }
                if (outcome == ThreadCount.Outcome.REFUSED) {
                    if (!Control.isOff() && !isBelowClassInitializer(limits)) {
                        return limit.refusal();
                    }
                    limit.over.incrementAndGet();
                    limit.notices.exceeded(LimitNames.THREADS_MAX, false);
                    isForced = true;
                    continue;
                }
                if (outcome == ThreadCount.Outcome.ADDED_AS_EXCESS) {
                    isExcess = true;
                    for (int i = 0; i < counted; i++) {
                        limits[i].threads.addExcess();
                    }
                    limit.threads.wouldRefuse.incrementAndGet();
                    limit.notices.exceeded(LimitNames.THREADS_MAX, true);
                }
                counted++;
            }
            isAdmitted = true;
        } finally {
            if (!isAdmitted) {
                remove(limits, counted, isExcess);
            }
        }
        raisePeaks(limits);
        return isExcess ? HomeCounts.EXCESS : HomeCounts.ADMITTED;
    }

    @Override
    public void adopt(Membership home) {
        ContainerControl[] limits = limits(home);
        for (ContainerControl each : limits) {
            each.threads.add(true, false);
        }
        raisePeaks(limits);
    }

    @Override
    public void leave(Membership home, boolean isExcess) {
        ContainerControl[] limits = limits(home);
        remove(limits, limits.length, isExcess);
    }

    /** Levels above both containers are not changed. */
    @Override
    public void move(ContainerNode from, ContainerNode to, boolean isExcess) {
        ContainerControl[] entered = Control.chain(to).threadLimits;
        ContainerControl[] left = Control.chain(from).threadLimits;
        for (ContainerControl each : entered) {
            if (!contains(left, each)) {
                each.threads.add(true, isExcess);
                each.threads.raisePeak();
            }
        }
        for (ContainerControl each : left) {
            if (!contains(entered, each)) {
                each.threads.remove(isExcess);
            }
        }
    }

    /**
     * The walk through the stack takes long, and the thread is pinned and not counted meanwhile.
     */
    private static boolean isBelowClassInitializer(ContainerControl[] limits) {
        int counted = 0;
        try {
            for (ContainerControl each : limits) {
                each.threads.undecided.incrementAndGet();
                counted++;
            }
            return ClassInitializers.areRunning();
        } finally {
            for (int i = 0; i < counted; i++) {
                limits[i].threads.undecided.decrementAndGet();
            }
        }
    }

    private static boolean contains(ContainerControl[] all, ContainerControl one) {
        for (ContainerControl each : all) {
            if (each == one) {
                return true;
            }
        }
        return false;
    }

    @ReservedStack
    private static void remove(ContainerControl[] limits, int count, boolean isExcess) {
        for (int i = 0; i < count; i++) {
            limits[i].threads.remove(isExcess);
        }
    }

    private static void raisePeaks(ContainerControl[] limits) {
        for (ContainerControl each : limits) {
            each.threads.raisePeak();
        }
    }

    /** The limits that hold for threads of a membership, innermost first in each hierarchy. */
    private static ContainerControl[] limits(Membership home) {
        ContainerControl[] limits = NONE;
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            limits = LimitChain.join(limits, Control.chain(home.container(hierarchy)).threadLimits);
        }
        return limits;
    }
}
