package io.corral.benchmarks.memory;

import io.corral.benchmarks.harness.ExpectedAgent;
import io.corral.benchmarks.memory.ParkedThreads.Activity;
import java.util.Locale;
import javax.management.JMException;

/**
 * The measured program: {@code KIND COUNT}, where the kind is {@code platform} or {@code virtual}.
 * Prints {@code heap ACTIVITY CORRAL ALL} for each activity, in bytes a thread: Corral's own
 * objects and all objects; and {@code ended CORRAL} for the bytes that remain of each ended thread.
 */
public final class ThreadHeap {

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
            System.out.printf(
                    Locale.ROOT,
                    "heap %s %.1f %.1f%n",
                    activity,
                    (during.corralBytes() - before.corralBytes()) / (double) count,
                    (during.bytes() - before.bytes()) / (double) count);
            crowd.end();
            crowd = null;
            before = LiveHeap.atRest();
        }
        double left = before.corralBytes() - first.corralBytes();
        System.out.printf(Locale.ROOT, "ended %.1f%n", left / count);
    }
}
