package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Threads of the light tenant that do a little work, each 10 ms another one.
 *
 * @param threads how many were started
 * @param nanos the times from start to end of those that have ended
 */
record LightThreads(int threads, List<Long> nanos) {

    /** Starts the threads, and waits a second for the end of the last. */
    static LightThreads run(int threads) throws InterruptedException {
        return run(threads, task -> Tenants.start(Tenants.light(), task));
    }

    /** The same for threads that begin in no container, and enter the tenant. */
    static LightThreads runEntering(int threads) throws InterruptedException {
        return run(
                threads,
                task -> ThreadKind.VIRTUAL.start(() -> {
                    try (Scope scope = Tenants.light().enter()) {
                        task.run();
                    }
                }));
    }

    /**
     * Runs light threads beside others, with limits and without, and ends the others. Only without
     * limits the light ones are kept waiting.
     */
    static void assertAreKeptWaitingOnlyWithoutLimits(
            Callable<LightThreads> light, AtomicBoolean isOver, List<Thread> others)
            throws Exception {
        LightThreads fair;
        LightThreads bare;
        try {
            fair = light.call();
            bare = Tenants.withoutLimits(light);
        } finally {
            isOver.set(true);
            others.forEach(ThreadKind::join);
        }
        assertThat(fair.ended()).as("with fair").isEqualTo(fair.threads());
        // 21 finishes some of them, after seconds.
        assertThat(bare.medianMillis()).as("bare").isGreaterThan(3 * fair.medianMillis());
    }

    private static LightThreads run(int threads, Consumer<Runnable> starter)
            throws InterruptedException {
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ended = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            long begin = System.nanoTime();
            starter.accept(() -> {
                workInThreeParts();
                nanos.add(System.nanoTime() - begin);
                ended.countDown();
            });
            TimeUnit.MILLISECONDS.sleep(10);
        }
        boolean haveAllEnded = ended.await(1, TimeUnit.SECONDS);
        List<Long> copy = List.of(nanos.toArray(new Long[0]));
        if (haveAllEnded) {
            assertThat(copy).hasSize(threads);
        }
        return new LightThreads(threads, copy);
    }

    private static void workInThreeParts() {
        try {
            Tenants.burn(50);
            Thread.sleep(1);
            Tenants.burn(50);
            Thread.sleep(1);
            Tenants.burn(50);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    int ended() {
        return nanos.size();
    }

    boolean haveAllEnded() {
        return ended() == threads;
    }

    /** Of all threads: those that have not ended take longest. */
    double medianMillis() {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int middle = threads / 2;
        return middle < sorted.size() ? sorted.get(middle) / 1e6 : Double.MAX_VALUE;
    }
}
