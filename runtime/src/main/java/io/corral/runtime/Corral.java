package io.corral.runtime;

import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.accounting.ProcessClock;
import io.corral.runtime.accounting.VmThreads;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.handover.HandOver;
import io.corral.runtime.hook.AdoptHook;
import io.corral.runtime.hook.FirstVirtualThread;
import io.corral.runtime.hook.Hooks;
import io.corral.runtime.jdk.VirtualWeaving;
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
import io.corral.runtime.usage.UsageReading;

import org.jspecify.annotations.Nullable;

/** Wires the packages. The agent calls it. */
public final class Corral {

    /** Null if nobody wants events. */
    private static volatile @Nullable Recorder recorder;

    /** Whether it waits for the flight recorder to start. */
    private static volatile boolean recorderWaits;

    private static volatile long periodMillis;

    /** Whether the agent came when the JVM had run. */
    private static volatile boolean late;

    private Corral() {}

    /**
     * By the agent, once the hooks are woven: switches them on, has them prove themselves on a thread
     * of our own, and takes in the threads there are.
     *
     * @param late whether the JVM has run without us, so that what it has used is nobody's
     * @param policy when CPU clocks are read
     * @return what does not work, with everything switched off again; null if all is well
     */
    public static @Nullable String activate(boolean late, ClockPolicy policy) {
        Corral.late = late;
        Api.initialize();
        PlatformMember.clockPolicy(policy);
        UsageReading.clocks(JvmClocks.hasCpuTime(), JvmClocks.hasAllocatedBytes());
        if (late) {
            VmThreads.JVM.countFromNow();
            ProcessClock.countFromNow();
        }
        Adoption.by(late ? new AdoptFromNow() : new AdoptFromBirth());
        Hooks.switchOn();
        String fault = begin();
        if (fault != null) {
            Hooks.switchOff();
        }
        return fault;
    }

    /** @return what does not work, or null; then the threads that run are counted */
    private static @Nullable String begin() {
        String fault = probe();
        if (fault != null) {
            return fault;
        }
        try {
            // Made here, so that its thread belongs to nobody who happens to end first.
            Notifier.Current.notifier = new Background();
            HandOver.initialize();
            for (VmThreads.Kind kind : VmThreads.Kind.values()) {
                UsageReading.show(JvmPlaces.JVM.at(kind.container()), new VmThreadsOfKind(kind));
            }
        } catch (Throwable failure) {
            return failure.toString();
        }
        Members.woven();
        try {
            // From the start there is hardly another member, and a walk through their table takes
            // code that has not run yet.
            if (late) {
                Adoption.adoptAll();
            } else {
                Adoption.adoptAlive();
            }
        } catch (Throwable failure) {
            // Whoever comes across a thread that was left out adopts it.
            HookFailures.ADOPT.report(failure);
        }
        return null;
    }

    /**
     * By the agent, once active: offers events to flight recordings, now if there is one, else as soon
     * as the flight recorder starts. Touches nothing of JFR before that, but for a listener when the
     * agent came late: the first event class costs some 100 ms.
     */
    public static void observe(Recorder recorder, long periodMillis) {
        Corral.periodMillis = periodMillis;
        Corral.recorder = recorder;
        if (recorder.isInitialized()) {
            recorder.register(periodMillis);
        } else {
            recorderWaits = true;
            if (late) {
                // Its classes may be there already, for a listener, and will not come in again.
                recorderStarts();
            }
        }
    }

    /** By the agent: how often usage events come in recordings that start from now on and do not say. */
    public static void period(long periodMillis) {
        Corral.periodMillis = periodMillis;
        Recorder known = recorder;
        if (known != null) {
            known.period(periodMillis);
        }
    }

    /** By the agent, once it is active: how the class of virtual threads is woven where it is not yet. */
    public static void virtualThreadsBy(VirtualWeaving weaving) {
        FirstVirtualThread.weaveBy(weaving);
    }

    /** By the agent: whether tasks that are submitted from now on keep their submitter's container. */
    public static void handsOver(boolean handsOver) {
        HandOver.switchTo(handsOver);
    }

    /** By the agent, when it sees the flight recorder's classes come in: on whatever thread that is. */
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
     * Starts and ends one thread, and looks whether both hooks have seen it. Hooks that fail say
     * nothing meanwhile: all is in the one line that says why Corral is not active.
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

    /** What a container of the JVM's own threads shows. */
    private record VmThreadsOfKind(VmThreads.Kind kind) implements ContainerNode.VmUsage {
        @Override
        public long cpuNanos() {
            return VmThreads.JVM.cpuNanos(kind);
        }
    }

    /**
     * Waits on a thread of its own: whoever starts the recorder holds its locks, and the background
     * thread runs notices of the application's, which may take their time.
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

    private static final class AdoptFromBirth implements Adoption.Policy {
        @Override
        public PlatformMember adopt(Thread thread) {
            return AdoptHook.fromBirth(thread);
        }
    }

    private static final class AdoptFromNow implements Adoption.Policy {
        @Override
        public PlatformMember adopt(Thread thread) {
            return AdoptHook.fromNow(thread);
        }
    }
}
