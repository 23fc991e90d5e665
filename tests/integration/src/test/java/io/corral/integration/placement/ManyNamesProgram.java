package io.corral.integration.placement;

import io.corral.Container;
import io.corral.Containers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes a pool or a thread for each job, and gives it a name with the job's id in it. */
final class ManyNamesProgram {

    static final int POOLS = 400;
    static final int THREADS = 10_000;

    private ManyNamesProgram() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < POOLS; i++) {
            use("job-" + word(i) + "-of-many");
        }
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {}, "request " + word(i));
            thread.start();
            thread.join();
        }
        Container pools = Containers.at("/pools");
        System.out.println("pools=" + pools.children().size());
        System.out.println("otherPools=" + pools.at("other").usage().forks());
        Container threads = Containers.at("/threads");
        System.out.println("threads=" + threads.children().size());
        System.out.println("otherThreads=" + threads.at("other").usage().forks());
    }

    private static void use(String name) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
        pool.submit(() -> {}).get();
        pool.shutdown();
    }

    /** Letters only, so that no two names are variants of one shape. */
    private static String word(int number) {
        StringBuilder word = new StringBuilder("w");
        for (int rest = number; rest > 0; rest /= 10) {
            word.append((char) ('g' + rest % 10));
        }
        return word.toString();
    }
}
