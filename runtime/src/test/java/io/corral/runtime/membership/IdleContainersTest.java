package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.runtime.accounting.Charges;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Bounds;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Occupancy;
import io.corral.runtime.container.Trees;
import io.corral.runtime.notice.Log;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.Snapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Which containers give way, when, and how they come back. */
class IdleContainersTest {

    private static final int PLACES = 16;

    /** The places that are taken once a look has made room. */
    private static final int KEPT = 14;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicInteger made = new AtomicInteger();
    private final IdleContainers idle = new IdleContainers(this::nanoTime);

    private long nanoTime;
    private ContainerNode parent = Trees.MAIN.root();

    private long nanoTime() {
        return nanoTime;
    }

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @BeforeEach
    void setBounds(TestInfo test) {
        Bounds.places(PLACES);
        Occupancy.parents().clear();
        parent = Trees.MAIN.at("/idle-containers/" + test.getDisplayName().replace("()", ""));
    }

    @AfterEach
    void restore() {
        Bounds.places(Bounds.PLACES);
        Bounds.idle(Bounds.IDLE_NANOS, Bounds.NEVER);
    }

    @Test
    void longestIdleGiveWayUntilSomePlacesAreFree() {
        for (int i = 0; i < 10; i++) {
            use("early-" + i, 2);
        }
        pass(SECOND);
        for (int i = 0; i < 6; i++) {
            use("late-" + i, 2);
        }
        pass(MINUTE.minus(SECOND.multipliedBy(2)));
        assertThat(parent.childCount()).as("none is idle for a minute").isEqualTo(PLACES);
        pass(SECOND.multipliedBy(4));
        assertThat(parent.childCount()).isEqualTo(KEPT);
        assertThat(parent.childNames())
                .filteredOn(name -> name.startsWith("late"))
                .hasSize(6);
    }

    @Test
    void noneGivesWayWhileThereIsRoom() {
        for (int i = 0; i < KEPT; i++) {
            use("c" + i, 2);
        }
        pass(MINUTE.multipliedBy(10));
        assertThat(parent.childCount()).isEqualTo(KEPT);
    }

    /** A client that invents names pushes out its own names only. */
    @Test
    void containersOfASingleRequestGiveWayAfterASecondBeforeAllOthers() {
        for (int i = 0; i < 8; i++) {
            use("tenant-" + i, 2);
        }
        pass(MINUTE.multipliedBy(2));
        for (int i = 0; i < 1_000; i++) {
            if (Occupancy.hasRoom(parent, made.get())) {
                use("invented-" + i, 1);
            }
            pass(SECOND.dividedBy(4));
        }
        assertThat(parent.childNames())
                .filteredOn(name -> name.startsWith("tenant"))
                .hasSize(8);
        assertThat(parent.childNames()).noneMatch(name -> name.equals("invented-0"));
        assertThat(parent.childNames()).anyMatch(name -> name.startsWith("invented-99"));
    }

    @Test
    void containerInUseStays() {
        ContainerNode busy = use("busy", 1);
        fill();
        try (Scope scope = EnteredScope.open(busy)) {
            pass(MINUTE.multipliedBy(2));
            assertThat(busy.isRemoved()).isFalse();
            assertThat(Removal.giveWay(busy)).as("removed below an open scope").isFalse();
        }
        fill();
        pass(SECOND.dividedBy(2));
        assertThat(busy.isRemoved()).as("just used").isFalse();
        passWithOthersInUse(SECOND.multipliedBy(2));
        assertThat(busy.isRemoved()).isTrue();
    }

    @Test
    void containerOfAnOuterScopeStays() {
        ContainerNode outer = use("outer", 1);
        ContainerNode elsewhere = Trees.MAIN.at("/idle-containers-elsewhere");
        fill();
        try (Scope scope = EnteredScope.open(outer);
                Scope inner = EnteredScope.open(elsewhere)) {
            pass(MINUTE.multipliedBy(2));
            assertThat(outer.isRemoved()).isFalse();
        }
    }

    @Test
    void containerWithAMemberStays() {
        ContainerNode home = use("home", 1);
        Membership there = Membership.ROOT.moveTo(home);
        fill();
        assertThat(there.pin()).isTrue();
        pass(MINUTE.multipliedBy(2));
        assertThat(home.isRemoved()).isFalse();
        there.unpin();
        passWithOthersInUse(MINUTE.multipliedBy(2));
        assertThat(home.isRemoved()).isTrue();
    }

    @Test
    void containerThatCodeHasGotStays() {
        ContainerNode used = use("asked-for", 1);
        assertThat(Containers.at(used.path())).isSameAs(used.api());
        ContainerNode current = use("current", 1);
        try (Scope scope = EnteredScope.open(current)) {
            assertThat(Containers.current()).isSameAs(current.api());
        }
        ContainerNode entered = use("entered-by-code", 1);
        entered.api().enter().close();
        ContainerNode listed = use("listed", 1);
        assertThat(parent.api().children()).contains(listed.api());
        passWithOthersInUse(MINUTE.multipliedBy(2));
        assertThat(used.isRemoved()).isFalse();
        assertThat(current.isRemoved()).isFalse();
        assertThat(entered.isRemoved()).isFalse();
        assertThat(listed.isRemoved()).as("only in a list").isTrue();
    }

    @Test
    void containerThatCodeMadeStaysAndSoDoesTheOneAboveIt() {
        ContainerNode byCode = parent.create("by-code");
        ContainerNode above = use("above", 1);
        ContainerNode below = above.create("below");
        fill();
        pass(MINUTE.multipliedBy(2));
        assertThat(byCode.isRemoved()).isFalse();
        assertThat(above.isRemoved()).isFalse();
        assertThat(below.isRemoved()).isFalse();
    }

    @Test
    void containerGivesWayTogetherWithThoseThatRulesMadeBelowIt() {
        ContainerNode above = place("above");
        ContainerNode below = above.madeByRule("orders", false, null);
        use(below);
        ContainerNode used = place("used").madeByRule("orders", false, null);
        use(used);
        for (int i = 0; i < 8; i++) {
            passWithOthersInUse(MINUTE.dividedBy(4));
            use(used);
        }
        assertThat(above.isRemoved()).isTrue();
        assertThat(below.isRemoved()).isTrue();
        assertThat(used.isRemoved()).isFalse();
    }

    @Test
    void removedUsageStaysInTheParentAndTheContainerBeginsAtZero() {
        ContainerNode first = use("tenant", 2);
        charge(first, 7);
        passWithOthersInUse(MINUTE.multipliedBy(2));
        assertThat(first.isRemoved()).isTrue();
        Bounds.places(2 * PLACES);
        ContainerNode second = first.again();
        assertThat(second).isNotSameAs(first);
        assertThat(second.path()).isEqualTo(first.path());
        assertThat(cpuNanos(second)).isZero();
        charge(second, 5);
        assertThat(cpuNanos(second)).isEqualTo(5);
        assertThat(cpuNanos(parent)).isEqualTo(12);
        synchronized (Trees.LOCK) {
            assertThat(Objects.requireNonNull(parent.removedSum()).cpuNanos()).isEqualTo(7);
        }
    }

    /** A rule has looked a container up, and it gives way before the scope is opened. */
    @Test
    void scopeOfAContainerThatHasGivenWayOpensInOneThatIsMadeAgain() {
        ContainerNode gone = use("tenant", 1);
        assertThat(Removal.giveWay(gone)).isTrue();
        try (Scope scope = EnteredScope.open(gone)) {
            ContainerNode here = Members.currentWorking().container(Trees.MAIN);
            assertThat(here.path()).isEqualTo(gone.path());
            assertThat(here.isRemoved()).isFalse();
            assertThat(Removal.giveWay(here)).isFalse();
        }
        assertThat(Removal.giveWay(place("tenant"))).isTrue();
    }

    @Test
    void scopeOfTwoContainersOpensInThoseThatAreMadeAgain() {
        ContainerNode gone = use("tenant", 1);
        ContainerNode endpoint = Trees.hierarchy("idle-endpoints")
                .root()
                .madeByRule("orders", false, new AtomicInteger());
        Places both = Places.of(gone, endpoint);
        assertThat(Removal.giveWay(gone)).isTrue();
        assertThat(Removal.giveWay(endpoint)).isTrue();
        try (Scope scope = EnteredScope.open(both)) {
            Membership here = Members.currentWorking();
            assertThat(here.container(Trees.MAIN)).isSameAs(place("tenant"));
            assertThat(here.container(endpoint.hierarchy()).isRemoved()).isFalse();
        }
    }

    /** So the task is not charged to the parent, and not to another tenant. */
    @Test
    void taskOfAContainerThatHasGivenWayMakesItAgain() {
        ContainerNode gone = use("tenant", 1);
        Membership submitter = Membership.ROOT.moveTo(gone);
        assertThat(Removal.giveWay(gone)).isTrue();
        try (Scope task = EnteredScope.open(submitter)) {
            charge(Members.currentWorking(), 3);
            assertThat(Members.currentWorking().container(Trees.MAIN)).isSameAs(place("tenant"));
        }
        assertThat(cpuNanos(place("tenant"))).isEqualTo(3);
        assertThat(cpuNanos(parent)).isEqualTo(3);
    }

    @Test
    void containerOfAParentThatHasGivenWayTooComesBack() {
        ContainerNode above = place("above");
        ContainerNode below = above.madeByRule("orders", false, null);
        Membership submitter = Membership.ROOT.moveTo(below);
        assertThat(Removal.giveWay(below)).isTrue();
        assertThat(Removal.giveWay(above)).isTrue();
        assertThat(submitter.again().container(Trees.MAIN).path()).isEqualTo(below.path());
    }

    @Test
    void containerComesBackAsOtherIfThereIsNoRoom() {
        ContainerNode gone = use("tenant", 1);
        assertThat(Removal.giveWay(gone)).isTrue();
        fill();
        assertThat(gone.again()).isSameAs(parent.child(Occupancy.OVERFLOW));
    }

    /** Code removed it: what enters it later is charged to its parent, as before. */
    @Test
    void containerThatCodeRemovedDoesNotComeBack() {
        ContainerNode removed = use("removed", 1);
        removed.api().remove();
        assertThat(removed.again()).isSameAs(removed);
        try (Scope scope = EnteredScope.open(removed)) {
            assertThat(Members.currentWorking().container(Trees.MAIN)).isSameAs(parent);
        }
    }

    @Test
    void idleContainersExpireWithoutPressure() {
        Bounds.idle(Bounds.IDLE_NANOS, MINUTE.multipliedBy(60).toNanos());
        ContainerNode old = use("old", 2);
        ContainerNode used = use("used", 2);
        for (int i = 0; i < 70; i++) {
            pass(MINUTE);
            use(used);
        }
        assertThat(old.isRemoved()).isTrue();
        assertThat(used.isRemoved()).isFalse();
    }

    /** The JVM was stopped, or its clock has jumped. */
    @Test
    void timeThatNoLookHasSeenDoesNotCount() {
        fill();
        pass(SECOND);
        nanoTime += MINUTE.multipliedBy(60).toNanos();
        idle.look();
        nanoTime -= MINUTE.multipliedBy(600).toNanos();
        idle.look();
        assertThat(parent.childCount()).isEqualTo(PLACES);
        pass(MINUTE);
        assertThat(parent.childCount()).isEqualTo(KEPT);
    }

    @Test
    void oneLineSaysSo() {
        List<String> lines = new ArrayList<>();
        Log.copyTo(lines);
        try {
            for (int i = 0; i < 4; i++) {
                fill();
                pass(MINUTE.plus(SECOND));
            }
        } finally {
            Log.copyTo(null);
        }
        assertThat(lines)
                .hasSizeBetween(2, 5)
                .first()
                .asString()
                .startsWith(parent + " has more containers than places: idle ones give way to new"
                        + " ones, 2 so far; their usage stays in " + parent);
    }

    @Test
    void snapshotHoldsNoContainer() {
        ContainerNode listed = use("listed", 1);
        Snapshots.take(0);
        assertThat(Removal.giveWay(listed)).isTrue();
    }

    /** Takes all places that are free. */
    private void fill() {
        for (int i = 0; parent.childCount() < PLACES; i++) {
            if (parent.child("filler-" + i) == null) {
                use("filler-" + i, 2);
            }
        }
    }

    /** All places are taken, and only those that the test has used may be idle. */
    private void passWithOthersInUse(Duration time) {
        long end = nanoTime + time.toNanos();
        while (nanoTime < end) {
            fill();
            for (ContainerNode each : parent.childNodes()) {
                if (each.name().startsWith("filler")) {
                    use(each);
                }
            }
            pass(SECOND.dividedBy(2));
        }
    }

    private ContainerNode place(String name) {
        return parent.madeByRule(name, false, made);
    }

    private ContainerNode use(String name, int requests) {
        ContainerNode place = place(name);
        for (int i = 0; i < requests; i++) {
            place.countRequest();
            use(place);
        }
        return place;
    }

    private static void use(ContainerNode place) {
        EnteredScope.open(place).close();
    }

    /** Lets time pass, with looks at the usual intervals. */
    private void pass(Duration time) {
        long end = nanoTime + time.toNanos();
        long step = time.compareTo(MINUTE) == 0 && Bounds.expire()
                ? MINUTE.toNanos()
                : IdleContainers.PERIOD_NANOS;
        while (nanoTime < end) {
            nanoTime += Math.min(step, end - nanoTime);
            idle.look();
        }
    }

    private static void charge(ContainerNode container, long cpuNanos) {
        charge(Membership.ROOT.moveTo(container), cpuNanos);
    }

    private static void charge(Membership membership, long cpuNanos) {
        Charges.cpu(membership, cpuNanos);
    }

    private static long cpuNanos(ContainerNode container) {
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            return container.sum().cpuNanos();
        }
    }
}
