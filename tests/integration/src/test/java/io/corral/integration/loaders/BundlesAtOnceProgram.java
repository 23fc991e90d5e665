package io.corral.integration.loaders;

import io.corral.integration.harness.ThreadKind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;

/**
 * Starts many bundles while {@link BlockingAgent} delays the weaving of {@code ClassLoader} until a
 * thread waits for it. Does not link to the bundles' loader, because verifying that would wait.
 */
final class BundlesAtOnceProgram {

    static final int BUNDLES = 16;

    private BundlesAtOnceProgram() {}

    /** The arguments: the runtime's jar, and the kind of thread. */
    public static void main(String[] arguments) throws Exception {
        List<FutureTask<String>> tasks = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < BUNDLES; i++) {
            FutureTask<String> task = new FutureTask<>(() -> BundleProgram.activate(arguments[0]));
            tasks.add(task);
            threads.add(ThreadKind.valueOf(arguments[1]).unstarted(task));
        }
        threads.forEach(Thread::start);
        while (threads.stream().anyMatch(Thread::isAlive)
                && threads.stream().noneMatch(BundlesAtOnceProgram::waitsForTheWeaving)) {
            Thread.onSpinWait();
        }
        BlockingAgent.LET_GO.countDown();
        int same = 0;
        for (FutureTask<String> task : tasks) {
            same += task.get().startsWith("null true ") ? 1 : 0;
        }
        System.out.println("same=" + same);
    }

    private static boolean waitsForTheWeaving(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".ClassLoaderRetransformation"));
    }
}
