package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
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
        return Membership.ROOT.moveTo(JVM.at(name));
    }

    /**
     * Finds a class without initializing it: otherwise the application's first pool would get the
     * number 2.
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
     * The pool in a thread's name: {@code ForkJoinPool-1} for {@code ForkJoinPool-1-worker-2} and
     * for {@code ForkJoinPool-1-delayScheduler}.
     */
    private static String poolOf(Thread thread) {
        String name = thread.getName();
        int worker = name.lastIndexOf("-worker-");
        int end = worker < 0 ? name.lastIndexOf('-') : worker;
        return name.substring(0, Math.max(end, 0));
    }

    /**
     * Whether this is a thread of the default group of asynchronous channels, which runs handlers
     * of the application. On JDK 25 these threads have the class of the JDK's helper threads, but a
     * default name.
     */
    private static boolean isOfChannels(Thread thread) {
        return thread.getName().startsWith("InnocuousThread-") && PoolWorkers.isWorker(thread);
    }

    /** Whether a thread does nothing but carry virtual threads. */
    public static boolean isCarrier(Thread thread) {
        return thread.getClass() == CARRIER_THREAD;
    }

    /**
     * Whether a thread has the name of a thread of the flight recorder. An application may use that
     * name too.
     */
    static boolean isNamedAsRecorder(Thread thread) {
        return thread.getName().startsWith("JFR ");
    }

    /** Decides by the stack of the thread, since its start was not seen. */
    private static boolean belongsToRecorder(Thread thread) {
        return isNamedAsRecorder(thread)
                && (thread.getClass().getName().startsWith(RECORDER)
                        || isIn(thread.getStackTrace(), RECORDER));
    }

    /** Called on the starter: whether the flight recorder is starting this platform thread. */
    static boolean isStartedByRecorder(Thread child) {
        return isNamedAsRecorder(child)
                && (child.getClass().getName().startsWith(RECORDER) || isStartedBy(RECORDER));
    }

    /**
     * Called on the starter: whether a virtual thread that is about to start is a poller, which
     * waits for sockets of other threads. From JDK 22 on, pollers can be virtual threads. They are
     * started when the first thread waits.
     */
    static boolean isPoller(Thread child) {
        return isNamedAsPoller(child) && isStartedBy(POLLER);
    }

    /** Whether a thread has the name of a poller. An application may use that name too. */
    static boolean isNamedAsPoller(Thread thread) {
        return thread.getName().startsWith("SubPoller-");
    }

    /**
     * Whether the calling stack contains one of these classes. Used if an application could use the
     * same thread name. It is slow, so it is called for few names.
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
