package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Usage;
import io.corral.runtime.accounting.Charges;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Collected;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Combinations of containers of several hierarchies, up to the bound and above it. */
@Timeout(120)
class CombinationsTest {

    private static final HierarchyTree TENANT = Trees.hierarchy("many-tenants");
    private static final HierarchyTree ENDPOINT = Trees.hierarchy("many-endpoints");

    /** More than a sweep looks at. */
    private static final int MANY = 1_000;

    private final int before = Combinations.kept();

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @AfterEach
    void removeAll() {
        Combinations.bound(Combinations.BOUND);
        for (HierarchyTree hierarchy : List.of(TENANT, ENDPOINT)) {
            hierarchy.root().childNodes().forEach(CombinationsTest::remove);
        }
        assertThat(Combinations.kept()).isEqualTo(before);
    }

    private static void remove(ContainerNode container) {
        container.childNodes().forEach(CombinationsTest::remove);
        Removal.remove(container);
    }

    private void keep(int more) {
        Combinations.bound(before + more);
    }

    private static Membership in(ContainerNode... places) {
        return new Places(places).from(Membership.ROOT);
    }

    private static ContainerNode tenant(int i) {
        return TENANT.at("/t" + i);
    }

    private static ContainerNode endpoint(int i) {
        return ENDPOINT.at("/e" + i);
    }

    /** Makes so many combinations that charges keep none that was made before. */
    private static void awaitCollected(WeakReference<Membership> membership) {
        for (int i = 0; i < 2 * MANY; i++) {
            in(tenant(MANY + i), endpoint(MANY));
        }
        Collected.await(membership);
    }

    @Test
    void combinationsUpToTheBoundAreKept() {
        keep(MANY);
        List<WeakReference<Membership>> made = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            made.add(new WeakReference<>(in(tenant(i), endpoint(0))));
        }
        System.gc();
        assertThat(made).noneMatch(each -> each.refersTo(null));
        assertThat(Combinations.kept()).isEqualTo(before + MANY);
    }

    @Test
    void unreachableCombinationAboveTheBoundIsCollectedAndItsChargesRemain() {
        keep(0);
        for (int i = 0; i < MANY; i++) {
            Charges.cpu(in(tenant(i), endpoint(0)), i);
        }
        WeakReference<Membership> last = new WeakReference<>(in(tenant(0), endpoint(0)));
        awaitCollected(last);
        for (int i = 0; i < MANY; i++) {
            assertThat(cpuNanos(tenant(i))).isEqualTo(i);
        }
        assertThat(cpuNanos(endpoint(0))).isEqualTo(MANY * (MANY - 1) / 2);
    }

    @Test
    void collectedCombinationsLeaveTheTables() {
        keep(0);
        Membership from = in(endpoint(0));
        for (int i = 0; i < MANY; i++) {
            from.moveTo(tenant(i));
        }
        assertThat(endpoint(0).accounts.copy()).hasSizeGreaterThanOrEqualTo(MANY);
        assertThat(from.cachedMoves()).isGreaterThanOrEqualTo(MANY);
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
        }
        WeakReference<Membership> last = new WeakReference<>(from.moveTo(tenant(MANY - 1)));
        Collected.await(last);
        for (int i = 0; i < MANY; i++) {
            in(tenant(MANY), endpoint(i));
        }
        assertThat(from.cachedMoves()).isLessThan(10);
        assertThat(tenant(0).accounts.copy()).hasSizeLessThan(3);
    }

    @Test
    void reachableCombinationIsNotCollected() {
        keep(0);
        Membership held = in(tenant(0), endpoint(0));
        Membership pinned = in(tenant(1), endpoint(0));
        assertThat(pinned.pin()).isTrue();
        WeakReference<Membership> pinnedOnly = new WeakReference<>(pinned);
        pinned = held;
        awaitCollected(new WeakReference<>(in(tenant(2), endpoint(0))));
        assertThat(in(tenant(0), endpoint(0))).isSameAs(held).isSameAs(pinned);
        assertThat(in(tenant(1), endpoint(0))).isSameAs(pinnedOnly.get());
        assertThat(tenant(1).isPopulated()).isTrue();
        in(tenant(1), endpoint(0)).unpin();
        awaitCollected(pinnedOnly);
        assertThat(tenant(1).isPopulated()).isFalse();
    }

    @Test
    void removedContainerWithCombinationsAboveTheBoundKeepsItsUsage() {
        keep(0);
        ContainerNode child = tenant(0).at("child");
        Membership open = in(child, endpoint(0));
        Charges.cpu(open, 5);
        for (int i = 1; i < MANY; i++) {
            Charges.cpu(in(child, endpoint(i)), 1);
        }
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
        }
        System.gc();
        Removal.remove(child);
        Charges.cpu(open, 3);
        assertThat(cpuNanos(child)).isEqualTo(MANY - 1 + 8);
        assertThat(cpuNanos(tenant(0))).isEqualTo(MANY - 1 + 8);
        assertThat(endpoint(1).accounts.copy()).hasSizeLessThan(3);
    }

    /** Each thread keeps a ledger of what it charges, and readers compare. */
    @Test
    void chargeDuringCollectionOfCombinationsCountsOnceInEachHierarchy() throws Exception {
        int width = 100;
        int charges = 1_500;
        keep(width);
        AtomicLongArray ledger = new AtomicLongArray(2 * width);
        AtomicBoolean isOver = new AtomicBoolean();
        List<String> faults = new ArrayList<>();
        List<Thread> charging = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            charging.add(new Thread(() -> {
                ThreadLocalRandom chance = ThreadLocalRandom.current();
                for (int i = 0; i < charges; i++) {
                    int one = chance.nextInt(width);
                    int other = chance.nextInt(width);
                    Membership in = in(tenant(one), endpoint(other));
                    Charges.cpu(in, 3);
                    in.pin();
                    in.totals().countFork(true);
                    in.totals().countExit(true);
                    in.unpin();
                    ledger.getAndIncrement(one);
                    ledger.getAndIncrement(width + other);
                }
            }));
        }
        Thread reader = new Thread(() -> read(width, ledger, isOver, faults));
        Thread collector = new Thread(() -> {
            while (!isOver.get()) {
                System.gc();
            }
        });
        reader.start();
        collector.start();
        charging.forEach(Thread::start);
        for (Thread thread : charging) {
            thread.join();
        }
        isOver.set(true);
        reader.join();
        collector.join();
        assertThat(faults).isEmpty();
        for (int i = 0; i < width; i++) {
            assertCharged(tenant(i), ledger.get(i));
            assertCharged(endpoint(i), ledger.get(width + i));
        }
        assertThat(Combinations.kept()).isEqualTo(before + width);
    }

    /** What the ledger had before a reading is in the reading, and the sums of a reading agree. */
    private static void read(
            int width, AtomicLongArray ledger, AtomicBoolean isOver, List<String> faults) {
        Random chance = new Random(1);
        while (!isOver.get()) {
            int i = chance.nextInt(width);
            long charged = 3 * ledger.get(i);
            Usage usage;
            long root;
            long sum = 0;
            synchronized (Trees.LOCK) {
                MembershipTable.updateSums();
                usage = tenant(i).sum().toUsage(true, true);
                root = ENDPOINT.root().sum().cpuNanos();
                for (ContainerNode child : TENANT.root().childNodes()) {
                    sum += child.sum().cpuNanos();
                }
                sum += TENANT.root().ownSum().cpuNanos();
            }
            if (usage.cpuNanos() < charged
                    || sum != root
                    || usage.exits() > usage.forks()
                    || usage.virtualThreads() < 0
                    || usage.virtualThreads() > 3) {
                faults.add(usage + " for " + charged + ", " + sum + " and " + root);
            }
        }
    }

    private static void assertCharged(ContainerNode container, long times) {
        Usage usage;
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            usage = container.sum().toUsage(true, true);
        }
        assertThat(usage.cpuNanos()).isEqualTo(3 * times);
        assertThat(usage.forks()).isEqualTo(times);
        assertThat(usage.exits()).isEqualTo(times);
        assertThat(usage.virtualThreads()).isZero();
    }

    private static long cpuNanos(ContainerNode container) {
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            return container.sum().cpuNanos();
        }
    }
}
