package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.notice.CorralThread;

import org.jspecify.annotations.Nullable;

/**
 * The containers of the JVM's own threads, below {@code /jvm}, and the threads that belong there.
 */
public final class JvmPlaces {

    public static final ContainerNode JVM = Trees.MAIN.at("/jvm");

    /** Carriers, which are charged here while no virtual thread is mounted. */
    public static final Membership CARRIERS = below("carriers");

    /**
     * The JDK's helper threads, such as the finalizer, cleaners and the flight recorder's threads.
     */
    public static final Membership HELPERS = below("helpers");

    /** Corral's own threads. */
    public static final Membership CORRAL = below("corral");

    private static final @Nullable Class<?> CARRIER_THREAD =
            bootClass("jdk.internal.misc.CarrierThread");
    private static final @Nullable Class<?> INNOCUOUS_THREAD =
            bootClass("jdk.internal.misc.InnocuousThread");
    private static final String RECORDER = "jdk.jfr.internal.";
    private static final String POLLER = "sun.nio.ch.Poller";

    /** The class of a fork-join pool's timer from JDK 25 on. */
    private static final String DELAY_SCHEDULER = "java.util.concurrent.DelayScheduler";

    private static final ThreadGroup SYSTEM_GROUP = systemGroup();

    private JvmPlaces() {}

    private static Membership below(String name) {
        return Trees.ROOT.moveTo(JVM.at(name));
    }

    /**
     * Does not initialize the class, since then the application's first pool would get the number
     * 2.
     */
    private static @Nullable Class<?> bootClass(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException notInThisJdk) {
            return null;
        }
    }

    private static ThreadGroup systemGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    /**
     * The place of one of the JVM's own platform threads, or null for any other thread. Allocates
     * nothing.
     */
    static @Nullable Membership of(Thread thread) {
        if (thread instanceof CorralThread || CorralThread.isOfExporter(thread)) {
            return CORRAL;
        }
        if (CARRIER_THREAD != null && CARRIER_THREAD.isInstance(thread)) {
            return CARRIERS;
        }
        if (isSchedulerTimer(thread)) {
            return HELPERS;
        }
        boolean helper = (INNOCUOUS_THREAD != null && INNOCUOUS_THREAD.isInstance(thread))
                || thread.getThreadGroup() == SYSTEM_GROUP;
        return helper && !isOfChannels(thread) ? HELPERS : null;
    }

    /** As {@link #of}, for a thread that was first seen after its start. */
    static @Nullable Membership ofAdopted(Thread thread) {
        Membership known = of(thread);
        return known == null && (belongsToRecorder(thread) || isTimerOfCarriers(thread))
                ? HELPERS
                : known;
    }

    /**
     * Whether this is the thread that wakes virtual threads, from JDK 25 on. It has the class of a
     * fork-join pool's timer, but a carrier starts it.
     */
    private static boolean isSchedulerTimer(Thread thread) {
        return thread.getClass().getName().equals(DELAY_SCHEDULER)
                && isCarrier(Thread.currentThread());
    }

    /** As {@link #isSchedulerTimer}, for a started thread: its name has the carriers' pool. */
    private static boolean isTimerOfCarriers(Thread thread) {
        if (!thread.getClass().getName().equals(DELAY_SCHEDULER)) {
            return false;
        }
        String pool = poolOf(thread);
        Thread[] alive = new Thread[2 * SYSTEM_GROUP.activeCount() + 16];
        int count = SYSTEM_GROUP.enumerate(alive, true);
        for (int i = 0; i < count; i++) {
            if (isCarrier(alive[i]) && poolOf(alive[i]).equals(pool)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@code ForkJoinPool-1} of {@code ForkJoinPool-1-worker-2} and
     * {@code ForkJoinPool-1-delayScheduler}.
     */
    private static String poolOf(Thread thread) {
        String name = thread.getName();
        int worker = name.lastIndexOf("-worker-");
        int end = worker < 0 ? name.lastIndexOf('-') : worker;
        return name.substring(0, Math.max(end, 0));
    }

    /**
     * A thread of the default group of asynchronous channels, which runs the application's
     * handlers. On JDK 25 these threads are of the class of the JDK's helpers, but have no name of
     * their own.
     */
    private static boolean isOfChannels(Thread thread) {
        return thread.getName().startsWith("InnocuousThread-") && PoolWorkers.isWorker(thread);
    }

    /** Whether a thread does nothing but carry virtual threads. */
    public static boolean isCarrier(Thread thread) {
        return thread.getClass() == CARRIER_THREAD;
    }

    /**
     * Whether a thread is named as one of the flight recorder's. An application may use that name
     * too.
     */
    static boolean isNamedAsRecorder(Thread thread) {
        return thread.getName().startsWith("JFR ");
    }

    /** Judges by the stack of the thread, since its start was not seen. */
    private static boolean belongsToRecorder(Thread thread) {
        return isNamedAsRecorder(thread)
                && (thread.getClass().getName().startsWith(RECORDER)
                        || isIn(thread.getStackTrace(), RECORDER));
    }

    /** Called on the parent: whether the flight recorder is starting this platform thread. */
    static boolean isStartedByRecorder(Thread child) {
        return isNamedAsRecorder(child)
                && (child.getClass().getName().startsWith(RECORDER) || isStartedBy(RECORDER));
    }

    /**
     * Called on the parent: whether a virtual thread that is about to start polls sockets for the
     * others. From JDK 22 on that may be a virtual thread, which is started when the first one
     * waits.
     */
    static boolean isPoller(Thread child) {
        return isNamedAsPoller(child) && isStartedBy(POLLER);
    }

    /** Whether a thread has the name of a poller. An application may use that name too. */
    static boolean isNamedAsPoller(Thread thread) {
        return thread.getName().startsWith("SubPoller-");
    }

    /**
     * Whether the calling stack has one of these classes. Used where an application could use the
     * same thread name. Slow, so called for few names.
     */
    private static boolean isStartedBy(String classes) {
        return isIn(new Throwable().getStackTrace(), classes);
    }

    private static boolean isIn(StackTraceElement[] frames, String classes) {
        for (StackTraceElement frame : frames) {
            if (frame.getClassName().startsWith(classes)) {
                return true;
            }
        }
        return false;
    }
}
