package io.corral.runtime.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.accounting.Charges;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Collected;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Combinations;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.MembershipTable;
import io.corral.runtime.membership.Places;
import io.corral.runtime.membership.Removal;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was charged to two containers at once: exact for combinations that are kept. */
class CombinedUsageTest {

    private static final HierarchyTree TENANT = Trees.hierarchy("both-tenant");
    private static final HierarchyTree ENDPOINT = Trees.hierarchy("both-endpoint");
    private static final HierarchyTree THIRD = Trees.hierarchy("both-third");

    private final ContainerNode a = TENANT.at("/a");
    private final ContainerNode b = TENANT.at("/b");
    private final ContainerNode x = ENDPOINT.at("/x");
    private final ContainerNode y = ENDPOINT.at("/y");

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @AfterEach
    void removeAll() {
        Combinations.bound(Combinations.BOUND);
        for (HierarchyTree hierarchy : List.of(TENANT, ENDPOINT, THIRD)) {
            hierarchy.root().childNodes().forEach(CombinedUsageTest::remove);
        }
    }

    private static void remove(ContainerNode container) {
        container.childNodes().forEach(CombinedUsageTest::remove);
        Removal.remove(container);
    }

    private static void keep(int more) {
        Combinations.bound(Combinations.kept() + more);
    }

    private static Membership charge(long nanos, ContainerNode... places) {
        Membership in = new Places(places).from(Membership.ROOT);
        Charges.cpu(in, nanos);
        return in;
    }

    /** Null if it is unknown. */
    private static @Nullable Long both(ContainerNode one, ContainerNode other) {
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            MutableUsage sum = CombinedUsage.of(one, other);
            return sum == null ? null : sum.cpuNanos();
        }
    }

    @Test
    void usageIsExactForKeptCombinationsAndUnknownForOthers() {
        keep(1);
        charge(5, a, x);
        charge(7, a, y);
        charge(9, b, x);
        assertThat(both(a, x)).isEqualTo(5);
        assertThat(both(x, a)).isEqualTo(5);
        assertThat(both(a, y)).isNull();
        assertThat(both(x, b)).isNull();
    }

    @Test
    void usageIsExactIfOneContainerHasOnlyKeptCombinations() {
        keep(1);
        ContainerNode c = TENANT.at("/c");
        charge(3, c);
        charge(5, c, x);
        charge(7, a, x);
        charge(9, a, y);
        assertThat(both(c, x)).isEqualTo(5);
        assertThat(both(c, y)).isZero();
        assertThat(both(a, THIRD.at("/unused"))).isZero();
    }

    @Test
    void usageTogetherWithARootIsExact() {
        keep(0);
        charge(5, a, x);
        charge(7, a);
        assertThat(both(a, ENDPOINT.root())).isEqualTo(12);
        assertThat(both(TENANT.root(), x)).isEqualTo(5);
    }

    @Test
    void usageIsUnknownIfACombinationOfADescendantIsNotKept() {
        keep(1);
        charge(5, a, x);
        ContainerNode below = a.at("below");
        charge(7, below, x);
        assertThat(both(a, x)).isNull();
        Removal.remove(below);
        assertThat(both(a, x)).isNull();
    }

    @Test
    void usageIsUnknownIfACombinationOfThreeIsNotKept() {
        keep(1);
        charge(5, a, x);
        assertThat(both(a, x)).isEqualTo(5);
        charge(7, a, x, THIRD.at("/third"));
        assertThat(both(a, x)).isNull();
    }

    @Test
    void combinationThatIsKeptLaterLacksWhatWasChargedBefore() {
        keep(0);
        charge(5, a, x);
        WeakReference<Membership> letGo = new WeakReference<>(charge(0, a, x));
        both(a, x);
        Collected.await(letGo);
        keep(2);
        charge(7, a, x);
        charge(3, b, x);
        assertThat(both(a, x)).isNull();
        assertThat(both(b, x)).isEqualTo(3);
    }
}
