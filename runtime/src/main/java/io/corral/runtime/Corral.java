package io.corral.runtime;

import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.accounting.ProcessClock;
import io.corral.runtime.accounting.VmThreads;
import io.corral.runtime.api.Api;
import io.corral.runtime.handover.HandOver;
import io.corral.runtime.hook.AdoptHook;
import io.corral.runtime.hook.Hooks;
import io.corral.runtime.notice.Background;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Log;
import io.corral.runtime.notice.Notifier;
import io.corral.runtime.notice.Recorder;
import io.corral.runtime.placement.JvmPlaces;
import io.corral.runtime.thread.Adoption;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.usage.Snapshots;
import io.corral.runtime.usage.VmUsage;

import org.jspecify.annotations.Nullable;

/** Connects the packages with each other. The agent calls it. */
public final class Corral {

    /** Null if no events are wanted. */
    private static volatile @Nullable Recorder recorder;

    /** Whether the recorder is waiting for the flight recorder to start. */
    private static volatile boolean recorderWaits;

    private static volatile long periodMillis;

    /** Whether the agent was attached to a running JVM. */
    private static volatile boolean isLate;

    private Corral() {}

    /**
     * Called by the agent once the hooks are woven. Switches them on, checks them with a probe
     * thread, and adopts the threads that exist.
     *
     * @param isLate whether the agent was attached late, so that earlier usage is not counted
     * @param policy when CPU clocks are read
     * @return what does not work, after switching the hooks off again; null if all is well
     */
    public static @Nullable String activate(boolean isLate, ClockPolicy policy) {
        Corral.isLate = isLate;
        Api.initialize();
        PlatformMember.clockPolicy(policy);
        if (isLate) {
            VmThreads.JVM.countFromNow();
            ProcessClock.countFromNow();
        }
        Adoption.by(new AdoptingPolicy(isLate));
        Hooks.switchOn();
        String fault = begin();
        if (fault != null) {
            Hooks.switchOff();
        }
        return fault;
    }

    /** @return what does not work, or null */
    private static @Nullable String begin() {
        String fault = probe();
        if (fault != null) {
            return fault;
        }
        try {
            // Created here, so that no ending thread has to create it.
            Notifier.Current.notifier = new Background();
            HandOver.initialize();
            Snapshots.initialize();
            for (VmThreads.Kind kind : VmThreads.Kind.values()) {
                VmUsage.show(JvmPlaces.JVM.at(kind.container()), kind);
            }
        } catch (Throwable failure) {
            return failure.toString();
        }
        Members.woven();
        try {
            // At the JVM's start the table has hardly any other member.
            if (isLate) {
                Adoption.adoptAll();
            } else {
                Adoption.adoptAlive();
            }
        } catch (Throwable failure) {
            // A thread that was left out is adopted when it is looked up.
            HookFailures.ADOPT.report(failure);
        }
        return null;
    }

    /**
     * Called by the agent once it is active: registers the events with the flight recorder when
     * that starts. Until then JFR is not used, since the first event class costs about 100 ms.
     * After a late attach, a listener of JFR waits for the start.
     */
    public static void observe(Recorder recorder, long periodMillis) {
        Corral.periodMillis = periodMillis;
        Corral.recorder = recorder;
        if (recorder.isInitialized()) {
            recorder.register(periodMillis);
        } else {
            recorderWaits = true;
            if (isLate) {
                // JFR's classes may be loaded already, and the agent sees only those that are
                // loaded later.
                recorderStarts();
            }
        }
    }

    /**
     * Called by the agent: sets the period of usage events, for recordings that start from now on
     * and do not set one.
     */
    public static void period(long periodMillis) {
        Corral.periodMillis = periodMillis;
        Recorder known = recorder;
        if (known != null) {
            known.period(periodMillis);
        }
    }

    /** Called by the agent when the flight recorder's classes are loaded, on any thread. */
    public static void recorderStarts() {
        Recorder waiting = recorder;
        if (waiting != null && recorderWaits) {
            recorderWaits = false;
            try {
                new CorralThread("corral-events", new RegisterEvents(waiting)).start();
            } catch (Throwable failure) {
                HookFailures.OBSERVER.report(failure);
            }
        }
    }

    /**
     * Starts a thread, and checks that the fork hook and the exit hook have run for it. Failures of
     * hooks are not logged during this check: one line says why Corral is not active.
     */
    private static @Nullable String probe() {
        Log.Level level = Log.level(Log.Level.OFF);
        try {
            Thread probe = new CorralThread("corral-probe", null);
            probe.start();
            probe.join();
            long forks = JvmPlaces.CORRAL.totals().forks();
            long exits = JvmPlaces.CORRAL.totals().exits();
            if (forks == 1 && exits == 1) {
                return null;
            }
            String failure = HookFailures.first();
            return "a probe thread was seen to start " + forks + " times and to end " + exits
                    + " times" + (failure == null ? "" : "; " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted while starting";
        } catch (Throwable failure) {
            String first = HookFailures.first();
            return first == null ? failure.toString() : first;
        } finally {
            Log.level(level);
        }
    }

    /**
     * Waits on a separate thread: the thread that starts the recorder holds its locks, and the
     * background thread runs notices of the application, which may take long.
     */
    private record RegisterEvents(Recorder recorder) implements Runnable {
        @Override
        public void run() {
            try {
                recorder.whenInitialized(new Runnable() {
                    @Override
                    public void run() {
                        recorder.register(periodMillis);
                    }
                });
            } catch (Throwable failure) {
                HookFailures.OBSERVER.report(failure);
            }
        }
    }

    private record AdoptingPolicy(boolean isLate) implements Adoption.Policy {

        @Override
        public PlatformMember adopt(Thread thread) {
            return AdoptHook.platform(thread, isLate);
        }
    }
}
