package io.corral.benchmarks.memory;

import io.corral.benchmarks.Expectation;

import java.util.Locale;

import javax.management.JMException;

/**
 * Prints how the live heap grows by threads, in bytes a thread: {@code live} while they live, {@code
 * ended} by as many that have ended. Of the first, {@code corral} is the part that is objects of
 * Corral's classes; the rest is arrays, objects of the JDK's classes, and the thread itself.
 *
 * <p>Arguments: how many threads of each {@link Habit}, platform ones and virtual ones.
 */
public final class HeapOfThreads {

    private HeapOfThreads() {}

    public static void main(String[] arguments) throws InterruptedException, JMException {
        Expectation.check();
        measure("platform", Integer.parseInt(arguments[0]));
        if (arguments.length > 1) {
            measure("virtual", Integer.parseInt(arguments[1]));
        }
    }

    private static void measure(String kind, int count) throws InterruptedException, JMException {
        boolean isVirtual = kind.equals("virtual");
        // What is made once: classes, containers, carriers, the commands of the JVM.
        for (Habit habit : Habit.values()) {
            Crowd.start(isVirtual, habit, 2 * Crowd.BATCH).end();
        }
        LiveHeap before = LiveHeap.atRest();
        for (Habit habit : Habit.values()) {
            Crowd crowd = Crowd.start(isVirtual, habit, count);
            LiveHeap during = LiveHeap.count();
            print(kind, habit, "live", during.bytes() - before.bytes(), count);
            print(kind, habit, "corral", during.corralBytes() - before.corralBytes(), count);
            crowd.end();
            crowd = null;
            before = LiveHeap.atRest();
        }
        Crowd.start(isVirtual, Habit.SWITCHED, count).end();
        print(kind, Habit.SWITCHED, "ended", LiveHeap.atRest().bytes() - before.bytes(), count);
    }

    private static void print(String kind, Habit habit, String what, long bytes, double count) {
        System.out.printf(Locale.ROOT, "%s.%s.%s=%.3f%n", kind, habit, what, bytes / count);
    }
}
