package io.corral.runtime.membership;

import java.util.TimerTask;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;

/**
 * Which of the JDK's tasks an object is, by its class. That an object lacks an interface the JVM finds out by a search, which up to
 * JDK 22 takes some 10 ns: too much to be asked of each task.
 */
public final class JdkTasks {

    private JdkTasks() {}

    /** Whether it is of a class that remembers where a task comes from, if that could be woven. */
    public static boolean mayRemember(Object task) {
        return task instanceof FutureTask
                || task instanceof ForkJoinTask
                || task instanceof TimerTask;
    }

    /** Not one that is scheduled, nor of another class derived from that of futures. */
    public static boolean isPlainFuture(Object task) {
        return task.getClass() == FutureTask.class;
    }
}
