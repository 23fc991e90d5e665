package io.corral.benchmarks.memory;

import io.corral.benchmarks.harness.ExpectedAgent;
import io.corral.benchmarks.harness.Figures;
import io.corral.benchmarks.memory.ParkedThreads.Activity;

import javax.management.JMException;

/**
 * The measured program: {@code KIND COUNT}, where the kind is {@code platform} or {@code virtual}.
 * Prints for each activity the bytes a thread of Corral's own objects, and of all objects; and the
 * bytes that remain of each ended thread.
 */
public final class ThreadHeap {

    /** Added to the name of an activity: the bytes of all objects. */
    static final String ALL = "-all";

    static final String ENDED = "ended";

    /**
     * The number of threads that start and end before the first count, so that tables have their
     * final size.
     */
    private static final int FIRST = 5_000;

    private ThreadHeap() {}

    public static void main(String[] arguments) throws InterruptedException, JMException {
        ExpectedAgent.check();
        boolean isVirtual = arguments[0].equals("virtual");
        int count = Integer.parseInt(arguments[1]);
        for (Activity activity : Activity.values()) {
            ParkedThreads.start(isVirtual, activity, FIRST).end();
        }
        LiveHeap before = LiveHeap.atRest();
        LiveHeap first = before;
        for (Activity activity : Activity.values()) {
            ParkedThreads crowd = ParkedThreads.start(isVirtual, activity, count);
            LiveHeap during = LiveHeap.now();
            Figures.print(
                    activity.name(),
                    (during.corralBytes() - before.corralBytes()) / (double) count);
            Figures.print(activity + ALL, (during.bytes() - before.bytes()) / (double) count);
            crowd.end();
            crowd = null;
            before = LiveHeap.atRest();
        }
        Figures.print(ENDED, (before.corralBytes() - first.corralBytes()) / (double) count);
    }
}
