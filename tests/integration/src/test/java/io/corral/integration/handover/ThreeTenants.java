package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.support.CpuLoad;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Three tenants submit equal items 1 : 2 : 3 to one executor, and a thread without a container
 * submits some as well. Each tenant is charged what its own items burn, and what it uses to submit
 * them.
 */
final class ThreeTenants {

    private static final int ROUNDS = 6;
    private static final int UNIT_MILLIS = 4;
    private static final double TOLERANCE = 0.05;

    /** Attempts; the machine may be suspended in all but one of them. */
    private static final int ATTEMPTS = 4;

    private final List<Container> tenants;

    /** @param name of the executor */
    ThreeTenants(String name) {
        tenants = Stream.of("one", "two", "three")
                .map(tenant -> Containers.at("/items/" + name + "/" + tenant))
                .toList();
    }

    /** Gives an item to the executor. */
    interface Submission {
        void submit(Runnable item) throws Exception;
    }

    void assertOneToTwoToThree(Submission submission) throws Exception {
        AssertionError failure = null;
        // The first attempt also loads and compiles.
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                measure(submission);
                return;
            } catch (AssertionError wasSuspended) {
                failure = wasSuspended;
            }
        }
        throw failure;
    }

    private void measure(Submission submission) throws Exception {
        long[] before = tenants.stream().mapToLong(ThreeTenants::cpu).toArray();
        long poolsBefore = cpu(Containers.at("/pools"));
        AtomicLong[] burnt = Stream.generate(AtomicLong::new).limit(4).toArray(AtomicLong[]::new);
        CountDownLatch all = new CountDownLatch(ROUNDS * 7);
        for (int round = 0; round < ROUNDS; round++) {
            for (int tenant = 0; tenant < tenants.size(); tenant++) {
                for (int i = 0; i <= tenant; i++) {
                    try (Scope scope = tenants.get(tenant).enter()) {
                        long entered = CpuLoad.ownCpuNanos();
                        submission.submit(item(burnt[tenant], all));
                        burnt[tenant].addAndGet(CpuLoad.ownCpuNanos() - entered);
                    }
                }
            }
            submission.submit(item(burnt[3], all));
        }
        all.await();
        for (int tenant = 0; tenant < tenants.size(); tenant++) {
            double charged = cpu(tenants.get(tenant)) - before[tenant];
            assertThat(charged / burnt[tenant].get())
                    .as("charged to burnt of " + tenants.get(tenant))
                    .isBetween(1 - TOLERANCE, 1 + TOLERANCE);
        }
        double pools = cpu(Containers.at("/pools")) - poolsBefore;
        assertThat(pools / burnt[3].get()).as("pools").isGreaterThan(1 - TOLERANCE);
    }

    private static Runnable item(AtomicLong burnt, CountDownLatch all) {
        return () -> {
            burnt.addAndGet(CpuLoad.millis(UNIT_MILLIS));
            all.countDown();
        };
    }

    private static long cpu(Container container) {
        return container.usage().cpuNanos();
    }
}
