package io.corral.integration.startup;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.LimitExceededException;
import io.corral.LimitStat;
import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/** Exceeds each limit with virtual threads and with platform threads, and prints what it did. */
final class UntestedLimitsProgram {

    private static final int THREADS = 3;

    private UntestedLimitsProgram() {}

    public static void main(String[] arguments) throws Exception {
        fair();
        for (ThreadKind kind : ThreadKind.values()) {
            requests(kind);
            threads(kind);
        }
        System.exit(0);
    }

    /** Virtual threads run in a fair container and in none. */
    private static void fair() throws ReflectiveOperationException {
        Container fair = Containers.at("/fair");
        fair.limits().fair(true);
        for (int i = 0; i < THREADS; i++) {
            Thread within = ThreadKind.VIRTUAL.unstarted(Thread::yield);
            fair.run(within::start);
            Thread outside = ThreadKind.VIRTUAL.unstarted(Thread::yield);
            outside.start();
            ThreadKind.join(within);
            ThreadKind.join(outside);
        }
        Class<?> runQueues = Class.forName("io.corral.runtime.control.RunQueues", true, null);
        System.out.println("fairQueues=" + value(runQueues, "isOn"));
        Class<?> virtualThread = Class.forName("java.lang.VirtualThread");
        ForkJoinPool scheduler = (ForkJoinPool) value(virtualThread, "DEFAULT_SCHEDULER");
        System.out.println("parallelism=" + scheduler.getParallelism());
    }

    private static Object value(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }

    private static void requests(ThreadKind kind) throws InterruptedException {
        Container container = Containers.at("/requests-" + kind);
        container.limits().requestsMax(1);
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(THREADS);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = kind.unstarted(() -> {
                try (Scope request = container.admit()) {
                    begun.incrementAndGet();
                    asked.countDown();
                    await(end);
                } catch (LimitExceededException shed) {
                    asked.countDown();
                }
            });
            thread.start();
            threads.add(thread);
        }
        asked.await();
        end.countDown();
        threads.forEach(ThreadKind::join);
        LimitStat stat = container.limits().stat();
        print(
                kind,
                "Requests",
                begun + " of " + THREADS + ", would shed " + stat.wouldShed() + ", shed "
                        + stat.shed());
    }

    private static void threads(ThreadKind kind) {
        Container container = Containers.at("/threads-" + kind);
        container.limits().threadsMax(1);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = kind.unstarted(() -> await(end));
            try {
                container.run(thread::start);
                started.add(thread);
            } catch (ForkRefusedException refused) {
                // Counted by the limit.
            }
        }
        LimitStat stat = container.limits().stat();
        end.countDown();
        started.forEach(ThreadKind::join);
        print(
                kind,
                "Threads",
                started.size() + " of " + THREADS + ", would refuse " + stat.wouldRefuseStarts()
                        + ", refused " + stat.refusedStarts());
    }

    private static void print(ThreadKind kind, String what, String result) {
        System.out.println(kind.name().toLowerCase(Locale.ROOT) + what + "=" + result);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
