package io.corral.integration.rules;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.HeapHistogram;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A service with many more tenants than places. A fixed number of them is active at a time. Each
 * request uses CPU time that the program itself measures.
 */
final class PlacesProgram {

    private static final int ACTIVE = 500;
    private static final int WORKERS = 4;

    /** A tenant sends so many requests, one in each round, and then another one takes its place. */
    private static final int REQUESTS = 6;

    private static final long ROUND_MILLIS = 250;
    private static final long REQUEST_NANOS = 500_000;
    private static final int INVENTED_IN_A_MINUTE = 100_000;
    private static final long SECONDS_WITH_INVENTED = 15;

    private final int tenants;
    private final AtomicLongArray ledger;
    private final LongAdder invented = new LongAdder();
    private final AtomicInteger next = new AtomicInteger();
    private final int[] active = new int[ACTIVE];
    private final Readings readings = new Readings();

    /** Whether tenants use CPU time, and are replaced by others. */
    private volatile boolean isRotating = true;

    private volatile boolean isOver;

    private long measuredBefore;
    private long chargedBefore;

    private PlacesProgram(int tenants) {
        this.tenants = tenants;
        this.ledger = new AtomicLongArray(tenants);
    }

    public static void main(String[] arguments) throws Exception {
        new PlacesProgram(Integer.parseInt(arguments[0])).run();
    }

    private void run() throws Exception {
        for (int i = 0; i < ACTIVE; i++) {
            active[i] = next.getAndIncrement();
        }
        CountDownLatch allWereActive = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int worker = i;
            threads.add(started("worker-" + i, () -> serveActive(worker, allWereActive)));
        }
        while (!allWereActive.await(100, TimeUnit.MILLISECONDS)) {
            readings.read();
            if (chargedBefore == 0 && next.get() > 2 * ACTIVE) {
                // The first requests also load classes.
                measuredBefore = measured();
                chargedBefore = charged();
            }
        }
        isRotating = false;
        awaitPlaces();
        int largest = readings.largest;
        List<Container> containers = activeContainers();
        long[] before = ofActive();
        printTotals();
        printTenants();
        threads.add(started("inventor", this::invent));
        for (int i = 0; i < SECONDS_WITH_INVENTED * 10; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            readings.read();
        }
        List<Container> after = activeContainers();
        isOver = true;
        for (Thread each : threads) {
            each.join();
        }
        readings.read();
        print("most-places", Math.max(largest, readings.largest));
        print("removed-active", removed(containers, after));
        printGrown(before);
        print("invented", invented.sum());
        print("invented-with-a-place", readings.invented);
        HeapHistogram heap = HeapHistogram.afterACollection();
        for (String name :
                new String[] {"container.ContainerNode", "membership.Membership", "api.ApiContainer"
                }) {
            print(name, heap.instances("io.corral.runtime." + name));
        }
    }

    private static Thread started(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serveActive(int worker, CountDownLatch allWereActive) {
        for (int round = worker; !isOver; round++) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
            for (int i = worker; i < ACTIVE; i += WORKERS) {
                Service.serve("t" + active[i], isRotating ? this : null, active[i]);
                if (isRotating && (round + i / WORKERS) % REQUESTS == 0) {
                    int tenant = next.getAndIncrement();
                    if (tenant < tenants) {
                        active[i] = tenant;
                    } else {
                        allWereActive.countDown();
                    }
                }
            }
            sleepUntil(end);
        }
    }

    /** A client that sends each request with another name. */
    private void invent() {
        long begin = System.nanoTime();
        for (int i = 0; !isOver; i++) {
            Service.serve("invented-" + i, null, 0);
            invented.increment();
            sleepUntil(begin + TimeUnit.MINUTES.toNanos(i) / INVENTED_IN_A_MINUTE);
        }
    }

    private static void sleepUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(nanoTime - System.nanoTime(), 0));
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** Each tenant that is active now has its first request soon. */
    private void awaitPlaces() throws InterruptedException {
        boolean haveAll = false;
        for (int i = 0; i < 600 && !haveAll; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            readings.read();
            haveAll = true;
            for (int tenant : active) {
                haveAll &= readings.containerOf("t" + tenant) != null;
            }
        }
    }

    private List<Container> activeContainers() {
        List<Container> found = new ArrayList<>();
        for (int tenant : active) {
            found.add(Objects.requireNonNull(readings.containerOf("t" + tenant), "t" + tenant));
        }
        return found;
    }

    private static int removed(List<Container> before, List<Container> after) {
        int removed = 0;
        for (int i = 0; i < before.size(); i++) {
            removed += before.get(i) == after.get(i) ? 0 : 1;
        }
        return removed;
    }

    /** What each active tenant was charged. */
    private long[] ofActive() {
        long[] of = new long[ACTIVE];
        for (int i = 0; i < ACTIVE; i++) {
            of[i] = readings.cpuNanosOf("t" + active[i]);
        }
        return of;
    }

    private void printTotals() {
        print("measured", measured() - measuredBefore);
        print("charged", charged() - chargedBefore);
        print("removed", readings.removedCpuNanos);
        print("served", Math.min(next.get(), tenants));
    }

    private long measured() {
        long measured = 0;
        for (int i = 0; i < tenants; i++) {
            measured += ledger.get(i);
        }
        return measured;
    }

    private static long charged() {
        return Containers.at("/tenants").usage().cpuNanos();
    }

    /** Of the tenants that are not active any more. */
    private void printTenants() {
        boolean[] isActive = new boolean[tenants];
        for (int tenant : active) {
            isActive[tenant] = true;
        }
        int right = 0;
        int low = 0;
        for (int i = 0; i < tenants; i++) {
            double ratio = (double) readings.cpuNanosOf("t" + i) / ledger.get(i);
            right += !isActive[i] && ratio > 0.99 && ratio < 1.1 ? 1 : 0;
            low += !isActive[i] && ratio <= 0.99 ? 1 : 0;
        }
        print("right", right);
        print("low", low);
    }

    private void printGrown(long[] before) {
        int grown = 0;
        for (int i = 0; i < ACTIVE; i++) {
            grown += readings.cpuNanosOf("t" + active[i]) > before[i] ? 1 : 0;
        }
        print("grown", grown);
    }

    private static void print(String key, long value) {
        System.out.println(key + "=" + value);
    }

    /** The method that the rule names. */
    private static final class Service {

        static void serve(String tenant, @Nullable PlacesProgram program, int number) {
            if (program == null) {
                return;
            }
            long begin = CpuLoad.ownCpuNanos();
            long used = 0;
            while (used < REQUEST_NANOS) {
                CpuLoad.work();
                used = CpuLoad.ownCpuNanos() - begin;
            }
            program.ledger.addAndGet(number, used);
        }
    }

    /** The last reading of each container. It keeps no container in memory. */
    private static final class Readings {

        private static final class Last {

            WeakReference<Container> container;

            /** What earlier containers of the same name were charged. */
            long earlier;

            long cpuNanos;

            Last(Container container) {
                this.container = new WeakReference<>(container);
            }
        }

        private final Map<String, Last> byName = new HashMap<>();
        int largest;
        int invented;
        long removedCpuNanos;

        void read() {
            Snapshot snapshot = Containers.snapshot(Duration.ZERO);
            Map<Container, Usage> all = snapshot.usages(Containers.hierarchy("main"));
            int count = 0;
            for (Map.Entry<Container, Usage> each : all.entrySet()) {
                Container container = each.getKey();
                if (container.path().startsWith("/tenants/")) {
                    count++;
                    add(container, each.getValue().cpuNanos());
                }
            }
            largest = Math.max(largest, count);
            for (Map.Entry<Container, Usage> each :
                    snapshot.removedUsages(Containers.hierarchy("main")).entrySet()) {
                if (each.getKey().path().equals("/tenants")) {
                    removedCpuNanos = each.getValue().cpuNanos();
                }
            }
        }

        private void add(Container container, long cpuNanos) {
            String name = container.name();
            if (name.startsWith("invented")) {
                invented++;
                return;
            }
            Last last = byName.computeIfAbsent(name, first -> new Last(container));
            if (!last.container.refersTo(container)) {
                last.earlier += last.cpuNanos;
                last.container = new WeakReference<>(container);
            }
            last.cpuNanos = cpuNanos;
        }

        @Nullable Container containerOf(String name) {
            Last last = byName.get(name);
            return last == null ? null : last.container.get();
        }

        long cpuNanosOf(String name) {
            Last last = byName.get(name);
            return last == null ? 0 : last.earlier + last.cpuNanos;
        }
    }
}
