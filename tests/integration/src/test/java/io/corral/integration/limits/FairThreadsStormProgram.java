package io.corral.integration.limits;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.RunQueueSlots;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/**
 * Two thousand virtual threads in twenty containers share locks of all kinds, move, fork and enter
 * containers, while limits change. Prints which of them don't end.
 */
final class FairThreadsStormProgram {

    private static final int THREADS = 2_000;
    private static final int CONTAINERS = 20;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final StampedLock STAMPED = new StampedLock();
    private static final Semaphore SEMAPHORE = new Semaphore(3);
    private static final Object MONITOR = new Object();
    private static final ConcurrentHashMap<Integer, Long> MAP = new ConcurrentHashMap<>();
    private static final AtomicLong STEPS = new AtomicLong();

    private static volatile boolean isOver;

    private FairThreadsStormProgram() {}

    /** @param arguments for how many seconds */
    public static void main(String[] arguments) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Tenants.start(container(i), FairThreadsStormProgram::work));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
        long nextLine = System.nanoTime();
        while (System.nanoTime() < end) {
            disturb(threads);
            if (System.nanoTime() > nextLine) {
                // The test gives up on a JVM that is silent for long.
                System.out.println(STEPS + " steps so far");
                nextLine += TimeUnit.MINUTES.toNanos(1);
            }
        }
        isOver = true;
        List<String> hanging = new ArrayList<>();
        for (Thread each : threads) {
            each.join(TimeUnit.SECONDS.toMillis(30));
            if (each.isAlive()) {
                hanging.add(each + " " + List.of(each.getStackTrace()));
            }
        }
        System.out.println("hanging=" + hanging);
        System.out.println("steps=" + STEPS);
        RunQueueSlots.awaitNoneInUse();
        System.out.println("ended");
        System.in.read();
    }

    private static Container container(int number) {
        return Containers.at("/tenants/t" + number % CONTAINERS);
    }

    private static Container anyContainer() {
        return container(ThreadLocalRandom.current().nextInt(CONTAINERS));
    }

    private static void disturb(List<Thread> threads) throws InterruptedException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Thread one = threads.get(random.nextInt(threads.size()));
        switch (random.nextInt(8)) {
            case 0 -> anyContainer().limits().fair(random.nextBoolean());
            case 1 -> anyContainer().limits().weight(1 + random.nextInt(1_000));
            case 2 -> anyContainer().limits().reset();
            case 3 -> attach(one);
            case 4 -> one.interrupt();
            case 5 -> LockSupport.unpark(one);
            case 6 -> one.getStackTrace();
            default -> Thread.sleep(1);
        }
    }

    private static void attach(Thread thread) {
        try {
            anyContainer().attach(thread);
        } catch (IllegalArgumentException ending) {
            // It can't be moved any more.
        }
    }

    private static void work() {
        while (!isOver) {
            STEPS.incrementAndGet();
            step();
        }
    }

    private static void step() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        switch (random.nextInt(10)) {
            case 0 -> Thread.yield();
            case 1 -> LockSupport.parkNanos(random.nextInt(2_000_000));
            case 2 -> Tenants.burn(random.nextInt(500));
            case 3 -> {
                try (Scope scope = anyContainer().enter()) {
                    Tenants.burn(50);
                    Thread.yield();
                }
            }
            case 4 -> {
                LOCK.lock();
                try {
                    Thread.yield();
                } finally {
                    LOCK.unlock();
                }
            }
            case 5 -> {
                long stamp = STAMPED.writeLock();
                try {
                    Tenants.burn(10);
                } finally {
                    STAMPED.unlockWrite(stamp);
                }
            }
            case 6 -> {
                SEMAPHORE.acquireUninterruptibly();
                try {
                    LockSupport.parkNanos(1_000);
                } finally {
                    SEMAPHORE.release();
                }
            }
            case 7 -> {
                synchronized (MONITOR) {
                    Tenants.burn(10);
                }
            }
            case 8 -> MAP.merge(random.nextInt(4), 1L, Long::sum);
            default -> joinUninterruptibly(ThreadKind.VIRTUAL.start(() -> Tenants.burn(20)));
        }
        Thread.interrupted();
    }

    private static void joinUninterruptibly(Thread thread) {
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException interrupted) {
                // Another thread interrupts at random.
            }
        }
    }
}
