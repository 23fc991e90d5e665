package io.corral.integration.limits;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.ThreadKind;
import io.corral.runtime.control.Control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/** Containers with virtual threads that burn CPU time until they are told to end. */
final class Tenants implements AutoCloseable {

    /** Keeps the work from being optimized away. */
    private static volatile long sink;

    /** Steps of {@link #burn} in a microsecond of CPU time. */
    private static final double STEPS_A_MICRO = stepsAMicro();

    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder stays = new LongAdder();
    private volatile boolean isOver;

    static Container heavy() {
        return Containers.at("/tenants/heavy");
    }

    static Container light() {
        return Containers.at("/tenants/light");
    }

    /** Whether both are fair. */
    static void fair(boolean isFair) {
        heavy().limits().fair(isFair);
        light().limits().fair(isFair);
    }

    /** Calls a task while no limit is in force. */
    static <T> T withoutLimits(Callable<T> task) throws Exception {
        Control.off(true);
        try {
            return task.call();
        } finally {
            Control.off(false);
        }
    }

    /** Uses about so much CPU time, without a clock: a thread may be preempted. */
    static void burn(long micros) {
        steps((long) (micros * STEPS_A_MICRO));
    }

    private static void steps(long steps) {
        long hash = sink;
        for (long i = 0; i < steps; i++) {
            hash = hash * 31 + i;
        }
        sink = hash;
    }

    private static double stepsAMicro() {
        long most = 100_000;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 500; i++) {
            long begin = System.nanoTime();
            steps(most);
            least = Math.min(least, System.nanoTime() - begin);
        }
        return most * 1e3 / least;
    }

    /** A virtual thread that was born in a container. */
    static Thread start(Container container, Runnable task) {
        Thread thread = ThreadKind.VIRTUAL.unstarted(task);
        container.start(thread);
        return thread;
    }

    /** Starts threads that burn so much between two yields. */
    Tenants add(Container container, int count, long stayMicros) {
        for (int i = 0; i < count; i++) {
            threads.add(start(container, () -> work(stayMicros)));
        }
        return this;
    }

    private void work(long stayMicros) {
        while (!isOver) {
            for (long left = stayMicros; left > 0 && !isOver; left -= 100) {
                burn(Math.min(left, 100));
            }
            stays.increment();
            Thread.yield();
        }
    }

    /** How often the threads have yielded. */
    long stays() {
        return stays.sum();
    }

    /** Ends all threads, and waits for them. */
    @Override
    public void close() {
        isOver = true;
        threads.forEach(ThreadKind::join);
    }
}
