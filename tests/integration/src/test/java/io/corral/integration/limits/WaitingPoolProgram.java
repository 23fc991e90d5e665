package io.corral.integration.limits;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.Scope;
import io.corral.integration.support.Waits;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pools whose workers wait at a door while something happens to the pool. Prints what became of the
 * requests in each case.
 */
final class WaitingPoolProgram {

    private static final int WORKERS = 8;

    /** Two workers begin to wait, and the first one looks some times whether it is let in. */
    private static final int LOOKS = 4;

    private WaitingPoolProgram() {}

    public static void main(String[] arguments) throws Exception {
        for (String name :
                List.of("shutdown", "shutdownNow", "cancel", "shrink", "grow", "lower")) {
            System.out.println(name + "=" + new Case(name).run());
        }
    }

    /** A pool of which a quarter waits. */
    private static final class Case {

        private final String name;
        private final Container container;
        private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS, WORKERS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        private final List<Future<?>> requests = new ArrayList<>();
        private final AtomicInteger served = new AtomicInteger();
        private final AtomicInteger shed = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();

        /** The most requests at once that one of them has seen. */
        private final AtomicLong most = new AtomicLong();

        private final Set<Long> workers = ConcurrentHashMap.newKeySet();
        private final CountDownLatch endOther = new CountDownLatch(1);

        Case(String name) {
            this.name = name;
            this.container = Containers.at("/tenants/" + name);
        }

        String run() throws Exception {
            CountDownLatch end = new CountDownLatch(1);
            Thread holder = new Thread(() -> hold(end));
            holder.start();
            Waits.until(() -> container.limits().stat().requests() == 1);
            if (name.equals("lower")) {
                limit(2);
                new Thread(() -> hold(endOther)).start();
                Waits.until(() -> container.limits().stat().requests() == 2);
            }
            request(2);
            awaitWaiting(2);
            change();
            end.countDown();
            for (Future<?> request : requests) {
                try {
                    request.get();
                } catch (CancellationException cancelled) {
                    // Its end is awaited with that of the pool.
                }
            }
            holder.join();
            pool.shutdown();
            Waits.until(pool::isTerminated);
            return "served " + served + " shed " + shed + " interrupted " + interrupted + " most "
                    + most + " left "
                    + (container.limits().stat().requests()
                            + container.limits().stat().waiting()
                            + container.limits().stat().lost());
        }

        private void hold(CountDownLatch end) {
            try (Scope request = container.admit()) {
                Waits.await(end);
            }
        }

        private void change() {
            switch (name) {
                case "shutdown" -> pool.shutdown();
                case "shutdownNow" -> {
                    pool.shutdownNow();
                    Waits.until(() -> shed.get() == 2);
                }
                case "cancel" -> {
                    requests.get(0).cancel(true);
                    Waits.until(() -> shed.get() == 1);
                }
                case "shrink" -> {
                    // Of four workers one may wait. Two do, and go on.
                    pool.setCorePoolSize(WORKERS / 2);
                    pool.setMaximumPoolSize(WORKERS / 2);
                    request(1);
                    Waits.until(() -> shed.get() == 1);
                }
                case "lower" -> lower();
                default -> {
                    pool.setMaximumPoolSize(2 * WORKERS);
                    pool.setCorePoolSize(2 * WORKERS);
                    request(2);
                    awaitWaiting(4);
                }
            }
        }

        /** Ends one of two requests. The other one is as many as are allowed from now on. */
        private void lower() {
            limit(1);
            long before = waits();
            endOther.countDown();
            Waits.until(() -> waits() >= before + LOOKS || served.get() > 0);
        }

        private void limit(int max) {
            container.limits().requestsMax(max, Duration.ofMinutes(1));
        }

        /** How often the workers have begun to wait for something. */
        private long waits() {
            long sum = 0;
            for (long worker : workers) {
                sum += ManagementFactory.getThreadMXBean().getThreadInfo(worker).getWaitedCount();
            }
            return sum;
        }

        private void request(int count) {
            for (int i = 0; i < count; i++) {
                requests.add(pool.submit(this::serve));
            }
        }

        private void serve() {
            workers.add(Thread.currentThread().getId());
            try (Scope request = container.admit()) {
                most.accumulateAndGet(container.limits().stat().requests(), Math::max);
                served.incrementAndGet();
            } catch (LimitExceededException refused) {
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.incrementAndGet();
                }
                shed.incrementAndGet();
            }
        }

        private void awaitWaiting(int count) {
            Waits.until(() -> container.limits().stat().waiting() == count);
        }
    }
}
