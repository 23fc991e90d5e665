package io.corral.runtime.control;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.MeterReading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread that adjusts limits by the exact CPU time that containers use. It only changes
 * numbers, and wakes who may go on. It looks at containers that have requests, and rests without a
 * limit.
 */
final class ControlTick implements Runnable {

    private static final AtomicIntegerFieldUpdater<ControlTick> IS_TICKING =
            AtomicIntegerFieldUpdater.newUpdater(ControlTick.class, "isTicking");

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * With many active containers ticks are rarer. One takes about a microsecond for each of them,
     * so that ticks use a few per cent of a CPU up to 2,000 active containers.
     */
    private static final long INTERVAL_NANOS_A_CONTAINER = TimeUnit.MICROSECONDS.toNanos(50);

    private static final long MAX_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Between two ticks while no container has requests: a request ends this. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** After so long without a tick the limits are open. */
    private static final long MISSING_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** After so long without a tick no virtual thread waits for its turn. */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int AUDIT_TICKS = 100;

    /** The threads whose clocks one tick reads: a clock takes 1 to 4 us. */
    private static final int MAX_CLOCKS = 32;

    /** Below this number of CPUs a container is taken to use none. */
    private static final double NO_RATE = 0.001;

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A tick that is late by so many intervals is done by the next request. */
    private static final int OVERDUE_INTERVALS = 3;

    /**
     * 1 while a thread ticks. It is a lock: only that thread accesses the fields below that are not
     * volatile. A request may tick at the bottom of its stack, so the lock is released by an
     * assignment, which needs no stack.
     */
    private volatile int isTicking;

    private volatile @Nullable Thread thread;
    private final Capacity capacity = new Capacity();
    private final List<ContainerControl> active = new ArrayList<>();
    private final List<ContainerControl> fair = new ArrayList<>();
    private final List<Admission> running = new ArrayList<>();
    private long ticks;
    private int firstClock;
    private long lastTick = System.nanoTime();

    /** Accessed by the thread of the tick. */
    private long lastLook = System.nanoTime();

    private volatile long lastTickNanoTime = System.nanoTime();
    private final SecondLook missing = new SecondLook();
    private final SecondLook late = new SecondLook();
    private volatile boolean isDegraded;

    /** Until the next tick. */
    private volatile long intervalNanos = INTERVAL_NANOS;

    /** Whether the last tick found nothing to do. */
    private volatile boolean isResting;

    /** Under the lock of {@link Control}. */
    void start() {
        Thread known = thread;
        if (known != null && known.isAlive()) {
            LockSupport.unpark(known);
            return;
        }
        try {
            Capacity.initialize();
            lastTickNanoTime = System.nanoTime();
            CorralThread started = new CorralThread("corral-control", this);
            started.start();
            thread = started;
        } catch (Throwable failure) {
            Log.error(
                    "limits are not in force, since their thread could not be started: " + failure);
        }
    }

    /** Called when a container with limits gets its first request after a rest. */
    void wake() {
        LockSupport.unpark(thread);
    }

    boolean isDegraded() {
        return isDegraded;
    }

    /**
     * Called by requests that a limit would keep from going on. A tick that has begun counts as one
     * for longer: with many runnable threads it may be without a CPU.
     */
    boolean isMissing(long now) {
        long elapsed = now - lastTickNanoTime;
        if (elapsed < MISSING_NANOS || (isTicking == 1 && elapsed < STUCK_NANOS)) {
            return false;
        }
        if (!missing.isConfirmed(now)) {
            return false;
        }
        if (!isDegraded) {
            isDegraded = true;
            Log.error("all limits are open: no tick of the thread corral-control for a second");
        }
        return true;
    }

    /**
     * Called where a virtual thread is queued behind others. Prints no line: the caller may hold a
     * lock that the printing needs.
     */
    boolean isLate() {
        long now = System.nanoTime();
        return now - lastTickNanoTime >= LATE_NANOS && late.isConfirmed(now);
    }

    @Override
    public void run() {
        while (true) {
            try {
                turn();
            } catch (Throwable failure) {
                // This thread must not end: nothing starts another one.
                HookFailures.CONTROL.report(failure);
            }
        }
    }

    private void turn() {
        LockSupport.parkNanos(intervalNanos);
        Thread.interrupted();
        tickUnlessTicking();
        RunQueues.report();
        Control.reportNested();
        ThreadAudit.run(System.nanoTime());
        lookAtOthers();
        if (isResting && !ThreadAudit.isSettling()) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    /** Once a second, on this thread only, since it takes a lock. */
    private void lookAtOthers() {
        long now = System.nanoTime();
        if (now - lastLook > LOOK_NANOS) {
            lastLook = now;
            try {
                Control.forgetRemoved();
                RunQueues.forgetRemoved();
                Control.activateQuotas();
            } catch (Throwable failure) {
                HookFailures.CONTROL.report(failure);
            }
        }
    }

    /**
     * Called by requests. With hundreds of runnable threads the thread of the tick may get no CPU
     * for long, just when limits are needed. Then a request does its work.
     */
    void runIfOverdue(long nowNanoTime) {
        if (nowNanoTime - lastTickNanoTime > OVERDUE_INTERVALS * intervalNanos) {
            tickUnlessTicking();
        }
    }

    private void tickUnlessTicking() {
        if (!IS_TICKING.compareAndSet(this, 0, 1)) {
            return;
        }
        try {
            tick(System.nanoTime());
            lastTickNanoTime = System.nanoTime();
            missing.clear();
            late.clear();
            RunQueues.ticked(true);
            if (isDegraded) {
                isDegraded = false;
                Log.error("limits are in force again");
            }
        } catch (Throwable failure) {
            HookFailures.CONTROL.report(failure);
            RunQueues.ticked(false);
        } finally {
            isTicking = 0;
        }
    }

    private void tick(long now) {
        long elapsed = Math.max(1, now - lastTick);
        lastTick = now;
        ticks++;
        boolean audits = ticks % AUDIT_TICKS == 0;
        active.clear();
        active.addAll(Control.active());
        intervalNanos = intervalNanos(active.size());
        // A request whose end was not seen may be of a container that rests.
        isResting = active.isEmpty() && Admissions.isEmpty() && !SlotAdjustment.isActive();
        if (isResting) {
            return;
        }
        if (audits) {
            audit(now);
        }
        look(audits);
        for (ContainerControl each : active) {
            charge(each, elapsed, now);
        }
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            shareOut(hierarchy, elapsed, now);
        }
        SlotAdjustment.adjust(active, capacity, elapsed, now);
        for (ContainerControl each : active) {
            limit(each, now);
            restIfIdle(each, now);
        }
    }

    private static long intervalNanos(int containers) {
        return Math.min(
                MAX_INTERVAL_NANOS,
                Math.max(INTERVAL_NANOS, INTERVAL_NANOS_A_CONTAINER * containers));
    }

    /**
     * Each hierarchy divides the same CPU time, so its containers compete with one another only.
     */
    private void shareOut(HierarchyTree hierarchy, long elapsed, long now) {
        fair.clear();
        for (ContainerControl each : active) {
            if (each.settings().fair() != null && each.container().hierarchy() == hierarchy) {
                fair.add(each);
            }
        }
        if (!fair.isEmpty()) {
            capacity.sample(now);
            FairShares.adjust(fair, capacity, now);
            MonitoredShares.set(fair, elapsed, now);
            ParentShares.set(fair);
        }
    }

    /** Finds out which requests run and which wait for something, and charges their CPU time. */
    private void look(boolean all) {
        running.clear();
        boolean areVirtual = RunQueues.isOn();
        for (ContainerControl each : active) {
            each.share.sleeping = 0;
        }
        for (Admission request : Admissions.open()) {
            if (request.isRunning()) {
                running.add(request);
                if (isSleeping(request.thread())) {
                    request.countSleeping();
                }
            }
        }
        List<Thread> clocks = new ArrayList<>();
        int count = Math.min(running.size(), MAX_CLOCKS);
        for (int i = 0; i < running.size(); i++) {
            Thread worker = running.get((firstClock + i) % running.size()).thread();
            if (Jdk.isVirtual(worker)) {
                areVirtual = true;
            } else if (clocks.size() < count) {
                clocks.add(worker);
            }
        }
        firstClock = running.isEmpty() ? 0 : (firstClock + count) % running.size();
        if (!Members.isWoven()) {
            return;
        }
        if (all) {
            MeterReading.settleAll();
        } else {
            MeterReading.settleThreads(clocks, areVirtual);
        }
    }

    private static boolean isSleeping(Thread worker) {
        ThreadAccess access = Jdk.THREADS;
        if (access == null || Jdk.isVirtual(worker)) {
            return worker.getState() != Thread.State.RUNNABLE;
        }
        return !access.isRunnable(worker);
    }

    private static void charge(ContainerControl control, long elapsed, long now) {
        FairShare share = control.share;
        LimitSettings settings = control.settings();
        boolean countsCpu = settings.cpuMax() != null || settings.fair() != null;
        long cpuNanos = countsCpu ? cpuNanos(control.container()) : 0;
        // A container that was removed takes its usage along.
        long used = share.lastCpuNanos < 0 ? 0 : Math.max(0, cpuNanos - share.lastCpuNanos);
        share.lastCpuNanos = cpuNanos;
        share.used(used, elapsed, control.slots.used());
        long ended = share.ended();
        if (ended != share.lastEnded || control.places.current() > 0) {
            share.hasRequest(now);
        }
        share.cost.add(used, ended - share.lastEnded, control.slots.used());
        LimitSettings.CpuMax cpu = settings.cpuMax();
        if (cpu != null && (cpu.isMonitored() || Control.isOff())) {
            control.quota.open(cpu);
        } else if (cpu != null) {
            control.quota.charge(cpu, elapsed, used);
            if (control.quota.ignoresDoor(cpu)) {
                Log.error("container " + control + " has used more than its cpu.max of "
                        + Math.round(cpu.cpus() * 100) + "% for ten periods: what its threads do"
                        + " does not begin at a door");
            }
        }
        share.lastEnded = ended;
        control.countRefused(elapsed);
    }

    /** What was charged to a container and to those below it. */
    private static long cpuNanos(ContainerNode node) {
        long nanos = node.accounts.cpuNanos();
        for (ContainerNode child : node.childNodes()) {
            nanos += cpuNanos(child);
        }
        return nanos;
    }

    private static void limit(ContainerControl control, long now) {
        LimitSettings settings = control.settings();
        LimitSettings.CpuMax cpu = settings.cpuMax();
        LimitSettings.Fair fair = settings.fair();
        int limit = RunSlots.OPEN;
        boolean isByQuota = false;
        if (cpu != null && cpu.isMonitored()) {
            monitorQuota(control, cpu, now);
        } else if (cpu != null) {
            limit = withSleeping(control.quota.slots(control.share.cost.nanos()), control);
            isByQuota = true;
        }
        if (fair != null && !fair.isMonitored()) {
            int slots = FairShares.slots(control.share);
            if (slots < limit) {
                limit = slots;
                isByQuota = false;
            }
        }
        if (control.places.isMonitored()) {
            control.places.monitoredRate(now, control.share.meanDurationNanos());
        }
        control.slots.limit(limit, isByQuota);
        control.slots.wake();
        control.places.wake();
    }

    private static void monitorQuota(ContainerControl control, LimitSettings.CpuMax cpu, long now) {
        RequestCost cost = control.share.cost;
        long interval = (long) (cost.nanos() / cpu.cpus());
        control.monitoredQuota.rate(now, interval, cpu.periodNanos(), cost.isGuess());
    }

    /** While there is quota, a request whose thread waits for something needs none of it. */
    private static int withSleeping(int slots, ContainerControl control) {
        return slots == 0
                ? 0
                : (int) Math.min(RunSlots.OPEN - 1L, (long) slots + control.share.sleeping);
    }

    private static void restIfIdle(ContainerControl control, long now) {
        boolean isIdle = !control.share.competes(now)
                && !isEntered(control)
                && control.slots.waiters.isEmpty()
                && control.places.waiters.isEmpty()
                && !SlotAdjustment.isInUse(control)
                && control.share.rate < NO_RATE
                && control.quota.isFull(control.settings().cpuMax());
        if (isIdle) {
            control.share.lastCpuNanos = -1;
            control.share.open();
            control.refusedClients.forget();
            Control.rest(control);
            if (isEntered(control)) {
                Control.activate(control);
            }
        }
    }

    /**
     * Whether requests are open, or virtual threads have slots or wait for them. They keep their
     * slots also when limits are switched off.
     */
    private static boolean isEntered(ContainerControl control) {
        return control.places.current() > 0
                || control.runQueue.used() > 0
                || !control.runQueue.isEmpty();
    }

    /** Counts out requests whose end was not seen. */
    private static void audit(long now) {
        for (Admission request : Admissions.open()) {
            if (request.hasEnded()) {
                // There was no stack to remove it.
                Admissions.remove(request);
            } else if (request.isLost(now) && request.end()) {
                request.door().lost.incrementAndGet();
            }
        }
    }
}
