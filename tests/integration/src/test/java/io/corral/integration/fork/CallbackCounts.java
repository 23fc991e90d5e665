package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.harness.ThreadKind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts the fork and exit callbacks of each thread. */
final class CallbackCounts implements Subsystem {

    private static final long TIMEOUT_SECONDS = 120;

    private final Map<Thread, Integer> forks = new ConcurrentHashMap<>();
    private final Map<Thread, Integer> exits = new ConcurrentHashMap<>();

    /** The threads in which {@link #recordThread()} was called. */
    private final Set<Thread> seen = ConcurrentHashMap.newKeySet();

    private final Semaphore calls = new Semaphore(0);

    static CallbackCounts registered() {
        CallbackCounts counts = new CallbackCounts();
        Containers.register(counts);
        return counts;
    }

    @Override
    public void fork(Thread thread, Container container) {
        forks.merge(thread, 1, Integer::sum);
    }

    @Override
    public void exit(Thread thread, Container container) {
        exits.merge(thread, 1, Integer::sum);
    }

    /** Called by the task of each thread whose start is tested. */
    void recordThread() {
        seen.add(Thread.currentThread());
        calls.release();
    }

    /** Waits until that many tasks have begun. */
    void awaitSeen(int threads) throws InterruptedException {
        assertThat(calls.tryAcquire(threads, TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /**
     * Waits until the seen threads have ended. Each has one fork and one exit, and no other thread
     * has any.
     */
    void assertOnly(int threads) {
        assertThat(seen).hasSize(threads);
        joinAll();
        assertThat(forks.keySet()).containsExactlyInAnyOrderElementsOf(seen);
    }

    /** Waits until all forked threads have ended. Each has one fork and one exit. */
    void joinAll() {
        forks.keySet().forEach(ThreadKind::join);
        assertThat(seen).isNotEmpty();
        assertThat(forks.keySet()).containsAll(seen);
        assertThat(forks.values()).containsOnly(1);
        assertThat(exits).isEqualTo(forks);
    }

    /** Checks threads that are still alive: one fork each, and no exit. */
    void isForkedAndAlive() {
        assertThat(seen).isNotEmpty();
        assertThat(forks.keySet()).containsAll(seen);
        assertThat(forks.values()).containsOnly(1);
        assertThat(exits).isEmpty();
    }
}
