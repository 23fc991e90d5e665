package io.corral.benchmarks.memory;

import io.corral.benchmarks.Expectation;

import java.util.Locale;

import javax.management.JMException;

/**
 * Prints how the live heap grows by threads, in bytes a thread: {@code live} while they live, {@code
 * corral} is the part of it that is Corral's; {@code ended} is that part by as many that have ended. And
 * {@code once}: all that is Corral's before that, in bytes.
 *
 * <p>Arguments: how many threads of each {@link Habit}, platform ones and virtual ones.
 */
public final class HeapOfThreads {

    /**
     * So many threads are there before any is counted. By five habits that is more than the 4,096 whose ids make Corral's table of
     * platform threads, piece by piece, for all that come.
     */
    private static final int FIRST = 4 * Crowd.BATCH;

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
        // What is made once: classes, containers, carriers, tables, the commands of the JVM.
        for (Habit habit : Habit.values()) {
            Crowd.start(isVirtual, habit, FIRST).end();
        }
        LiveHeap before = LiveHeap.atRest();
        System.out.printf(Locale.ROOT, "%s.once=%d%n", kind, before.corralBytes());
        for (Habit habit : Habit.values()) {
            Crowd crowd = Crowd.start(isVirtual, habit, count);
            LiveHeap during = LiveHeap.count();
            print(kind, habit, "live", during.bytes() - before.bytes(), count);
            print(kind, habit, "corral", during.corralBytes() - before.corralBytes(), count);
            crowd.end();
            crowd = null;
            before = LiveHeap.atRest();
        }
        Crowd.start(isVirtual, Habit.SWITCHED_OFTEN, count).end();
        long left = LiveHeap.atRest().corralBytes() - before.corralBytes();
        print(kind, Habit.SWITCHED_OFTEN, "ended", left, count);
    }

    private static void print(String kind, Habit habit, String what, long bytes, double count) {
        System.out.printf(Locale.ROOT, "%s.%s.%s=%.3f%n", kind, habit, what, bytes / count);
    }
}
