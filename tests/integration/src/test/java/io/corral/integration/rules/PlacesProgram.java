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
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A service with many more tenants than places. A fixed number of them is active at a time. Each
 * request uses CPU time that the program itself measures. A client that invents names sends
 * requests all the time.
 */
final class PlacesProgram {

    private static final int ACTIVE = 500;
    static final int WORKERS = 4;

    /** A tenant sends so many requests, one in each round, and then another one takes its place. */
    private static final int REQUESTS = 8;

    private static final long ROUND_MILLIS = 400;
    private static final long REQUEST_NANOS = 500_000;

    /** A tenant whose next request is later than this on a busy machine may have been idle. */
    private static final long LATE_MILLIS = 800;

    private static final int INVENTED_IN_A_MINUTE = 100_000;
    private static final long SECONDS_WITH_INVENTED = 15;

    private final int tenants;

    /** How many names the client invents in a minute while tenants are replaced by others. */
    private final int inventedMeanwhile;

    /** The CPU time of each request of each tenant. */
    private final AtomicLongArray ledger;

    /** Whether a tenant had a late request: 1 or 0. */
    private final AtomicIntegerArray late;

    private final LongAdder invented = new LongAdder();
    private final AtomicInteger next = new AtomicInteger();
    private final int[] active = new int[ACTIVE];

    /** When the latest request of each active tenant began. */
    private final long[] servedAt = new long[ACTIVE];

    private final Readings readings = new Readings();

    /** Whether tenants use CPU time, and are replaced by others. */
    private volatile boolean isRotating = true;

    private volatile boolean isOver;

    /** The CPU time of the client that invents names, which its requests have a part of. */
    private volatile long inventorNanos;

    private long inventorBefore;
    private long measuredBefore;
    private long chargedBefore;

    private PlacesProgram(int tenants, int inventedMeanwhile) {
        this.tenants = tenants;
        this.inventedMeanwhile = inventedMeanwhile;
        this.ledger = new AtomicLongArray(tenants * REQUESTS);
        this.late = new AtomicIntegerArray(tenants);
    }

    public static void main(String[] arguments) throws Exception {
        new PlacesProgram(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
    }

    private void run() throws Exception {
        for (int i = 0; i < ACTIVE; i++) {
            active[i] = next.getAndIncrement();
            servedAt[i] = System.nanoTime();
        }
        CountDownLatch allWereActive = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int worker = i;
            threads.add(started("worker-" + i, () -> serveActive(worker, allWereActive)));
        }
        threads.add(started("inventor", this::invent));
        while (!allWereActive.await(100, TimeUnit.MILLISECONDS)) {
            readings.read();
            if (chargedBefore == 0 && next.get() > 2 * ACTIVE) {
                // The first requests also load classes.
                inventorBefore = inventorNanos;
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
                int request = (round + i / WORKERS) % REQUESTS;
                noteTime(i);
                Service.serve(
                        "t" + active[i], isRotating ? this : null, active[i] * REQUESTS + request);
                if (isRotating && request == REQUESTS - 1) {
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

    private void noteTime(int slot) {
        long now = System.nanoTime();
        if (now - servedAt[slot] > TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS)) {
            late.set(active[slot], 1);
        }
        servedAt[slot] = now;
    }

    /** A client that sends each request with another name. */
    private void invent() {
        long due = System.nanoTime();
        for (int i = 0; !isOver; i++) {
            Service.serve("invented-" + i, null, 0);
            invented.increment();
            inventorNanos = CpuLoad.ownCpuNanos();
            int inAMinute = isRotating ? inventedMeanwhile : INVENTED_IN_A_MINUTE;
            due += TimeUnit.MINUTES.toNanos(1) / inAMinute;
            sleepUntil(due);
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

    /** How many tenants have lost their container while they were active. */
    private int removed(List<Container> before, List<Container> after) {
        int removed = 0;
        for (int i = 0; i < before.size(); i++) {
            boolean wasLate = late.get(active[i]) == 1;
            removed += wasLate || before.get(i) == after.get(i) ? 0 : 1;
        }
        for (int i = 0; i < tenants; i++) {
            removed += late.get(i) == 0 && readings.wasReplaced("t" + i) ? 1 : 0;
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
        print("inventor", inventorNanos - inventorBefore);
        print("charged", charged() - chargedBefore);
        print("removed", readings.removedCpuNanos);
        print("served", Math.min(next.get(), tenants));
    }

    private long measured() {
        long measured = 0;
        for (int i = 0; i < ledger.length(); i++) {
            measured += ledger.get(i);
        }
        return measured;
    }

    private static long charged() {
        return Containers.at("/tenants").usage().cpuNanos();
    }

    /** Of the tenants that are not active any more, and had no late request. */
    private void printTenants() {
        boolean[] isLeftOut = new boolean[tenants];
        int count = tenants;
        for (int i = 0; i < tenants; i++) {
            isLeftOut[i] = late.get(i) == 1;
        }
        for (int tenant : active) {
            isLeftOut[tenant] = true;
        }
        int[] withRequests = new int[REQUESTS + 1];
        int wrong = 0;
        for (int i = 0; i < tenants; i++) {
            if (isLeftOut[i]) {
                count--;
            } else {
                int requests = chargedRequests(i, readings.cpuNanosOf("t" + i));
                if (requests < 0) {
                    wrong++;
                } else {
                    withRequests[requests]++;
                }
            }
        }
        print("tenants", count);
        print("with-all-requests", withRequests[REQUESTS]);
        print("without-a-place", withRequests[0]);
        print("wrong", wrong);
    }

    /**
     * How many of its last requests a tenant was charged, since it keeps a place that it has got.
     *
     * @return negative if the charge is not that of its last requests
     */
    private int chargedRequests(int tenant, long charged) {
        long measured = 0;
        int requests = 0;
        long used = ledger.get((tenant + 1) * REQUESTS - 1);
        // The first tenants begin with a later request, so that earlier ones used nothing.
        while (requests < REQUESTS && (measured * 1.1 < charged || used == 0)) {
            requests++;
            measured += used;
            used = requests == REQUESTS ? 0 : ledger.get((tenant + 1) * REQUESTS - 1 - requests);
        }
        return measured * 0.99 <= charged && charged <= measured * 1.1 ? requests : -1;
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

        static void serve(String tenant, @Nullable PlacesProgram program, int request) {
            if (program == null) {
                return;
            }
            long begin = CpuLoad.ownCpuNanos();
            long used = 0;
            while (used < REQUEST_NANOS) {
                CpuLoad.work();
                used = CpuLoad.ownCpuNanos() - begin;
            }
            program.ledger.addAndGet(request, used);
        }
    }

    /** The last reading of each container. It keeps no container in memory. */
    private static final class Readings {

        private static final class Last {

            WeakReference<Container> container;

            /** What earlier containers of the same name were charged. */
            long earlier;

            long cpuNanos;

            boolean wasReplaced;

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
                last.wasReplaced = true;
                last.earlier += last.cpuNanos;
                last.container = new WeakReference<>(container);
            }
            last.cpuNanos = cpuNanos;
        }

        @Nullable Container containerOf(String name) {
            Last last = byName.get(name);
            return last == null ? null : last.container.get();
        }

        boolean wasReplaced(String name) {
            Last last = byName.get(name);
            return last != null && last.wasReplaced;
        }

        long cpuNanosOf(String name) {
            Last last = byName.get(name);
            return last == null ? 0 : last.earlier + last.cpuNanos;
        }
    }
}
