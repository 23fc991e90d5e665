package io.corral.runtime.contention;

import io.corral.Snapshot;
import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.Control;
import io.corral.runtime.control.FairThreads;
import io.corral.runtime.control.LimitSwitch;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.Snapshots;
import io.corral.runtime.usage.UsageMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who ran while threads of other containers were ready and waited for a CPU. A thread of Corral's
 * own looks several times a second who waits, and once a second divides the waits by the CPU time
 * of that second. It runs while a view asks, and for a while after; without one there is none.
 *
 * <p>Platform threads wait in the kernel ({@link RunDelays}), virtual threads in the queues of
 * their scheduler ({@link SchedulerQueues}) or of a fair container, and requests at the door of a
 * fair container. If queued time is measured, it takes the place of the looks at virtual threads,
 * and has the tasks of pools too.
 */
public final class Contention {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** At the beginning, each look finds out more about threads, so that a user need not wait. */
    private static final int FIRST_LOOKS = 8;

    /** After so long without a view the thread ends. */
    private static final long UNASKED_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** A snapshot of another view may be used. */
    private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The ready threads of one queue that a look asks where they work. */
    private static final int MOST_READY = 1_024;

    /** Guards the state of the thread, and the results. */
    private static final Object LOCK = new Object();

    /** Guarded by {@link #LOCK}; null while no thread looks. */
    private static @Nullable Contention current;

    private static volatile long askedNanoTime;

    /** Whether an event wants the results. */
    private static volatile boolean isRecorded;

    /** Guarded by {@link #LOCK}. Removed hierarchies don't exist. */
    private final Map<HierarchyTree, HierarchyWaits> results = new HashMap<>();

    // Accessed by the thread that looks only.

    private final RunDelays runDelays = new RunDelays();
    private final SchedulerQueues schedulerQueues = new SchedulerQueues();
    private final PeriodWaits waits = new PeriodWaits();
    private @Nullable Snapshot last;
    private long lastLook = System.nanoTime();
    private long lastPeriod = lastLook;
    private long looks;

    private Contention() {}

    /**
     * What is known of a hierarchy, for about the last ten seconds: the containers whose threads
     * waited. The first call has it looked at from then on, so that is nothing yet.
     */
    public static List<RanMeanwhile> recent(HierarchyTree hierarchy) {
        askedNanoTime = System.nanoTime();
        HierarchyWaits found;
        synchronized (LOCK) {
            start();
            found = current == null ? null : current.results.get(hierarchy);
        }
        return found == null ? List.of() : found.recent();
    }

    /** Has it looked at or not, for {@link #takeUnrecorded}. */
    public static void record(boolean isWanted) {
        isRecorded = isWanted;
        if (isWanted) {
            synchronized (LOCK) {
                start();
            }
        }
    }

    /** What has come in a hierarchy since the last call, for an event, which calls it alone. */
    public static List<RanMeanwhile> takeUnrecorded(HierarchyTree hierarchy) {
        HierarchyWaits found;
        synchronized (LOCK) {
            found = current == null ? null : current.results.get(hierarchy);
        }
        return found == null ? List.of() : found.takeUnrecorded();
    }

    /** Under {@link #LOCK}. If the start fails, the next view tries again. */
    private static void start() {
        if (current != null || !Members.isWoven()) {
            return;
        }
        try {
            Contention started = new Contention();
            new CorralThread("corral-waits", started::run).start();
            current = started;
        } catch (Throwable failure) {
            HookFailures.BACKGROUND.report(failure);
        }
    }

    private void run() {
        while (!endIfUnasked()) {
            try {
                look();
            } catch (Throwable failure) {
                HookFailures.BACKGROUND.report(failure);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            Thread.interrupted();
        }
    }

    private boolean endIfUnasked() {
        synchronized (LOCK) {
            boolean ends = !isRecorded && System.nanoTime() - askedNanoTime > UNASKED_NANOS;
            if (ends) {
                current = null;
            }
            return ends;
        }
    }

    private void look() {
        long now = System.nanoTime();
        double elapsed = now - lastLook;
        lastLook = now;
        runDelays.look(waits);
        if (!QueuedTime.isMeasured()) {
            schedulerQueues.forEach(
                    (thread, count) -> waits.add(thread.working(), count * elapsed));
        }
        if (LimitSwitch.isOn()) {
            lookAtLimits(elapsed);
        }
        boolean isPeriodOver = last == null || now - lastPeriod >= PERIOD_NANOS;
        if (isPeriodOver) {
            lastPeriod = now;
            endPeriod();
        }
        looks++;
        if (isPeriodOver || looks < FIRST_LOOKS) {
            runDelays.find();
        }
    }

    private void lookAtLimits(double elapsed) {
        if (!QueuedTime.isMeasured()) {
            FairThreads.forEachReady(
                    MOST_READY, (thread, count) -> waits.add(thread.working(), count * elapsed));
        }
        Control.forEachDoor((container, count) -> waits.add(container, count * elapsed));
    }

    private void endPeriod() {
        Snapshot now = Snapshots.take(MAX_AGE_NANOS);
        Snapshot before = last;
        last = now;
        if (before != null) {
            double elapsed = Duration.between(before.time(), now.time()).toNanos();
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                add(hierarchy, before, now, elapsed);
            }
        }
        waits.clear();
    }

    private void add(HierarchyTree hierarchy, Snapshot before, Snapshot now, double elapsed) {
        UsageMap usages = usages(now, hierarchy);
        if (usages.isEmpty() || elapsed <= 0) {
            return;
        }
        HierarchyWaits result;
        synchronized (LOCK) {
            result = results.computeIfAbsent(hierarchy, unseen -> new HierarchyWaits());
        }
        result.add(
                new ArrayList<>(
                        HierarchyPeriod.of(hierarchy, usages(before, hierarchy), usages, waits)),
                elapsed,
                elapsed * Runtime.getRuntime().availableProcessors(),
                isRecorded);
    }

    private static UsageMap usages(Snapshot snapshot, HierarchyTree hierarchy) {
        return snapshot.usages(hierarchy.api()) instanceof UsageMap map ? map : UsageMap.EMPTY;
    }
}
