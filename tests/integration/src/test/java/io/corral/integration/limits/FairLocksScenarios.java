package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.RunQueueSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/** Locks that threads of fair containers share with one another, and with threads of none. */
final class FairLocksScenarios {

    private static final int CPUS = Runtime.getRuntime().availableProcessors();

    /** A container that is alone has a slot for each CPU. */
    private static final int TEN_THREADS_A_SLOT = 10 * CPUS;

    private static final int WAITS = 40;

    private static final int CROWD = 100;

    /** Another process may take a CPU away for so long. */
    private static final int ATTEMPTS = 3;

    /** Without limits the longest of some waits is long by chance. */
    private static final int CROWD_ATTEMPTS = 10;

    private static final double ADDED_MILLIS = 40;

    private FairLocksScenarios() {}

    /** Runs something while it holds a lock. */
    private interface Lock {

        void hold(Runnable task);
    }

    private static final class Reentrant implements Lock {

        private final ReentrantLock lock = new ReentrantLock();

        @Override
        public void hold(Runnable task) {
            lock.lock();
            try {
                task.run();
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class Monitor implements Lock {

        @Override
        public synchronized void hold(Runnable task) {
            task.run();
        }
    }

    @Scenario(since = 21)
    static void threadWithoutLimitsIsNotKeptWaitingForALock(ThreadKind kind) throws Exception {
        assertWaitsHardlyLongerThanWithoutLimits(new Reentrant(), kind);
    }

    @Scenario(since = 21)
    static void threadWithoutLimitsIsNotKeptWaitingForAMonitor(ThreadKind kind) throws Exception {
        assertWaitsHardlyLongerThanWithoutLimits(new Monitor(), kind);
    }

    private static void assertWaitsHardlyLongerThanWithoutLimits(Lock lock, ThreadKind kind)
            throws Exception {
        List<Double> added = new ArrayList<>();
        AtomicBoolean isOver = new AtomicBoolean();
        Thread holder = Tenants.start(Tenants.heavy(), () -> {
            while (!isOver.get()) {
                lock.hold(() -> {
                    Tenants.burn(200);
                    Thread.yield();
                    Tenants.burn(200);
                });
                Thread.yield();
            }
        });
        try (Tenants runnable = new Tenants().add(Tenants.heavy(), TEN_THREADS_A_SLOT - 1, 1_000)) {
            while (added.size() < ATTEMPTS && !added.contains(0.0)) {
                double fair = longestWaitMillis(lock, kind);
                // A virtual one may get no turn at all there.
                double bare =
                        Tenants.withoutLimits(() -> longestWaitMillis(lock, ThreadKind.PLATFORM));
                added.add(Math.max(0, fair - bare - ADDED_MILLIS));
            }
        } finally {
            isOver.set(true);
            ThreadKind.join(holder);
        }
        assertThat(added).as("milliseconds above the bound").contains(0.0);
        RunQueueSlots.awaitNoneInUse();
    }

    /**
     * On 25 the JVM releases a monitor to one blocked thread. Until that thread has run, the JVM
     * wakes no other thread that is blocked on the monitor.
     */
    @Scenario(since = 25)
    static void crowdThatSharesAMonitorKeepsAThreadWaitingOnlyWithoutLimits() throws Exception {
        assertCrowdKeepsAThreadWaitingOnlyWithoutLimits(new Monitor());
    }

    /**
     * The owner unparks the first thread that waits. No other one is woken until that thread has
     * run.
     */
    @Scenario(since = 21)
    static void crowdThatSharesALockKeepsAThreadWaitingOnlyWithoutLimits() throws Exception {
        assertCrowdKeepsAThreadWaitingOnlyWithoutLimits(new Reentrant());
    }

    private static void assertCrowdKeepsAThreadWaitingOnlyWithoutLimits(Lock lock)
            throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Double> fair = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(Tenants.start(Tenants.heavy(), () -> {
                while (!isOver.get()) {
                    Tenants.burn(2_000);
                    for (int hold = 0; hold < 3; hold++) {
                        lock.hold(() -> Tenants.burn(50));
                    }
                    Thread.yield();
                }
            }));
        }
        try {
            for (int i = 0; i < CROWD_ATTEMPTS && !isLess(fair, bare); i++) {
                fair.add(longestWaitMillis(lock, ThreadKind.PLATFORM));
                bare.add(Tenants.withoutLimits(() -> longestWaitMillis(lock, ThreadKind.PLATFORM)));
            }
        } finally {
            isOver.set(true);
            crowd.forEach(ThreadKind::join);
        }
        assertThat(isLess(fair, bare)).as("fair: %s, bare: %s", fair, bare).isTrue();
        RunQueueSlots.awaitNoneInUse();
    }

    /** Whether one of the first waits is short, and one of the others is not. */
    private static boolean isLess(List<Double> fair, List<Double> bare) {
        return fair.stream().anyMatch(each -> each < ADDED_MILLIS)
                && bare.stream().anyMatch(each -> each > 2 * ADDED_MILLIS);
    }

    /** By a thread in no fair container, which is woken each time. */
    private static double longestWaitMillis(Lock lock, ThreadKind kind)
            throws InterruptedException {
        AtomicLong longest = new AtomicLong();
        Semaphore turns = new Semaphore(0);
        Thread waiting = kind.start(() -> {
            for (int i = 0; i < WAITS; i++) {
                turns.acquireUninterruptibly();
                long begin = System.nanoTime();
                lock.hold(() -> longest.accumulateAndGet(System.nanoTime() - begin, Math::max));
            }
        });
        for (int i = 0; i < WAITS; i++) {
            TimeUnit.MILLISECONDS.sleep(3);
            turns.release();
        }
        ThreadKind.join(waiting);
        return longest.get() / 1e6;
    }

    /** Starts threads in both tenants, and waits until all of them have ended. */
    private static void assertAllEnd(int threads, int turns, Runnable turn)
            throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Container tenant = i % 2 == 0 ? Tenants.heavy() : Tenants.light();
            Tenants.start(tenant, () -> {
                for (int each = 0; each < turns; each++) {
                    turn.run();
                }
                ended.countDown();
            });
        }
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        RunQueueSlots.awaitNoneInUse();
    }

    @Scenario(since = 21)
    static void containersThatShareAStampedLockGoOn() throws InterruptedException {
        StampedLock lock = new StampedLock();
        AtomicLong read = new AtomicLong();
        long[] written = new long[1];
        assertAllEnd(100, 30, () -> {
            long stamp = lock.writeLock();
            try {
                written[0]++;
                Thread.yield();
            } finally {
                lock.unlockWrite(stamp);
            }
            stamp = lock.readLock();
            try {
                Tenants.burn(10);
                read.incrementAndGet();
                Thread.yield();
            } finally {
                lock.unlockRead(stamp);
            }
        });
        assertThat(written[0]).isEqualTo(3_000);
        assertThat(read.get()).isEqualTo(3_000);
    }

    /** All keys of a bin have the same hash. */
    private record Key(int number) {

        @Override
        public int hashCode() {
            return 7;
        }
    }

    /** A computation holds the monitor of its bin, which pins a thread on 21. */
    @Scenario(since = 21)
    static void containersThatShareABinOfAConcurrentMapGoOn() throws InterruptedException {
        ConcurrentHashMap<Key, Long> map = new ConcurrentHashMap<>();
        assertAllEnd(
                100,
                20,
                () -> map.compute(
                        new Key((int) (Thread.currentThread().getId() % 4)), (key, count) -> {
                            Tenants.burn(10);
                            Thread.yield();
                            return count == null ? 1 : count + 1;
                        }));
        assertThat(map.values().stream().mapToLong(each -> each).sum()).isEqualTo(2_000);
    }

    /** How often the initializer of one of the classes below has run. */
    private static final AtomicLong INITIALIZED = new AtomicLong();

    /** Pinned: there are frames of the JVM on the stack. */
    private static boolean initialize() {
        Tenants.burn(200);
        Thread.yield();
        LockSupport.parkNanos(5_000_000);
        INITIALIZED.incrementAndGet();
        return true;
    }

    private static final class First {
        static final boolean IS_INITIALIZED = initialize();
    }

    private static final class Second {
        static final boolean IS_INITIALIZED = initialize();
    }

    /** Its initializer needs the other one. */
    private static final class Third {
        static final boolean IS_INITIALIZED = initialize() && Second.IS_INITIALIZED;
    }

    @Scenario(since = 21)
    static void containersThatWaitForTheSameClassInitializersGoOn() throws InterruptedException {
        try (Tenants crowd =
                new Tenants().add(Tenants.heavy(), 50, 500).add(Tenants.light(), 50, 500)) {
            CountDownLatch ended = new CountDownLatch(30);
            for (int i = 0; i < 30; i++) {
                int number = i;
                Tenants.start(i % 2 == 0 ? Tenants.heavy() : Tenants.light(), () -> {
                    boolean isInitialized = switch (number % 3) {
                        case 0 -> First.IS_INITIALIZED;
                        case 1 -> Second.IS_INITIALIZED;
                        default -> Third.IS_INITIALIZED;
                    };
                    if (isInitialized) {
                        ended.countDown();
                    }
                });
            }
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(INITIALIZED.get()).isEqualTo(3);
        RunQueueSlots.awaitNoneInUse();
    }
}
