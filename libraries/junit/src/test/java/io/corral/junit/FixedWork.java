package io.corral.junit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Fixed amounts of work. */
final class FixedWork {

    /** What {@link #compute} uses at least on any machine: four cycles a step, at 8 GHz. */
    static final long LEAST_MILLIS = 50;

    static final int BYTES = 10_000_000;

    private static volatile long sink;
    private static volatile byte[] kept = {};

    private FixedWork() {}

    static void compute() {
        long hash = sink;
        for (int i = 0; i < 100_000_000; i++) {
            hash = hash * 31 + i;
        }
        sink = hash;
    }

    static void allocate() {
        kept = new byte[BYTES];
    }

    static void onPlatformThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        thread.start();
        thread.join();
    }

    static void inPool(Runnable work) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            pool.submit(work).get();
        } finally {
            pool.shutdown();
        }
    }

    /** Tests are compiled for a JDK that has none. */
    static void onVirtualThread(Runnable work) throws Exception {
        ((Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work))
                .join();
    }
}
