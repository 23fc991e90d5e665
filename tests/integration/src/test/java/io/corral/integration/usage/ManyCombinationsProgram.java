package io.corral.integration.usage;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs in the forked JVM: two threads work in each combination of 400 tenants with 400 endpoints,
 * while others read usages.
 */
final class ManyCombinationsProgram {

    private static final int WIDTH = 400;

    /** One combination in so many starts a thread. */
    private static final int STARTS = 997;

    private static final Hierarchy TENANT = Containers.hierarchy("tenant");
    private static final Hierarchy ENDPOINT = Containers.hierarchy("endpoint");
    private static final List<Container> TENANTS = new ArrayList<>();
    private static final List<Container> ENDPOINTS = new ArrayList<>();

    private static final MonotonyCheck FLOORS = new MonotonyCheck();
    private static final AtomicInteger DISAGREEMENTS = new AtomicInteger();

    private static volatile boolean stopped;
    private static volatile Object sink = "";

    private ManyCombinationsProgram() {}

    public static void main(String[] arguments) {
        for (int i = 0; i < WIDTH; i++) {
            TENANTS.add(TENANT.at("/t" + i));
            ENDPOINTS.add(ENDPOINT.at("/e" + i));
        }
        List<Thread> readers = List.of(
                ThreadKind.PLATFORM.unstarted(ManyCombinationsProgram::read),
                ThreadKind.PLATFORM.unstarted(ManyCombinationsProgram::compare));
        List<Thread> workers = List.of(
                ThreadKind.PLATFORM.unstarted(() -> work(0)),
                ThreadKind.PLATFORM.unstarted(() -> work(1)));
        readers.forEach(Thread::start);
        workers.forEach(Thread::start);
        workers.forEach(ThreadKind::join);
        stopped = true;
        readers.forEach(ThreadKind::join);

        System.out.println("falls=" + FLOORS.falls());
        System.out.println("disagreements=" + DISAGREEMENTS);
        System.out.println("starts=" + starts(TENANTS) + " " + starts(ENDPOINTS));
        System.out.println(
                "first=" + Containers.usage(TENANTS.get(0), ENDPOINTS.get(0)).forks());
        System.out.println("last=" + isKnown(TENANTS.get(WIDTH - 1), ENDPOINTS.get(WIDTH - 1)));
    }

    private static void work(int first) {
        for (int t = first; t < WIDTH; t += 2) {
            for (int e = 0; e < WIDTH; e++) {
                try (Scope scope = Containers.enter(TENANTS.get(t), ENDPOINTS.get(e))) {
                    sink = new int[10];
                    if ((t * WIDTH + e) % STARTS == 0) {
                        ThreadKind.PLATFORM.run(() -> sink = new int[10]);
                    }
                }
            }
        }
    }

    private static void read() {
        while (!stopped) {
            FLOORS.checkAll(TENANT::usages);
            FLOORS.checkAll(ENDPOINT::usages);
        }
    }

    /** What is charged to a tenant is charged to an endpoint at the same time. */
    private static void compare() {
        while (!stopped) {
            Snapshot snapshot = Containers.snapshot(Duration.ZERO);
            if (used(snapshot, TENANTS) != used(snapshot, ENDPOINTS)) {
                DISAGREEMENTS.getAndIncrement();
            }
        }
    }

    private static long used(Snapshot snapshot, List<Container> containers) {
        long sum = 0;
        for (Container each : containers) {
            Usage usage = snapshot.usages(each.hierarchy()).get(each);
            sum += usage.cpuNanos() + usage.settledAllocatedBytes();
        }
        return sum;
    }

    private static long starts(List<Container> containers) {
        long sum = 0;
        for (Container each : containers) {
            sum += each.usage().forks();
        }
        return sum;
    }

    private static boolean isKnown(Container one, Container other) {
        return Usage.isKnown(Containers.usage(one, other).cpuNanos());
    }
}
