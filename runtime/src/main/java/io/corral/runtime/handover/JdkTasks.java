package io.corral.runtime.handover;

import java.util.TimerTask;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;

/**
 * Which of the JDK's tasks an object is, by its class. That an object lacks an interface the JVM finds out by a search, which up to
 * JDK 22 takes some 10 ns: too much to be asked of each task.
 */
public final class JdkTasks {

    /**
     * Whether the classes can be named without being loaded, within a hook: other agents are asked about a class that is loaded, and
     * may hand tasks over themselves, or wait for one.
     */
    private static boolean areLoaded;

    private JdkTasks() {}

    /** Where classes may be loaded; before there is a task that remembers. */
    static void load() {
        try {
            Class.forName("java.util.concurrent.FutureTask", false, null);
            Class.forName("java.util.concurrent.ForkJoinTask", false, null);
            Class.forName("java.util.TimerTask", false, null);
            areLoaded = true;
        } catch (Throwable exhaustedOrInTheMidstOfThat) {
            // Each task is asked the dearer question then.
        }
    }

    /** False for what is not of a class that remembers where a task comes from. */
    public static boolean mayRemember(Object task) {
        return !areLoaded
                || task instanceof FutureTask
                || task instanceof ForkJoinTask
                || task instanceof TimerTask;
    }

    /** Not one that is scheduled, nor of another class derived from that of futures. */
    public static boolean isPlainFuture(Object task) {
        return areLoaded && task.getClass() == FutureTask.class;
    }
}
