package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The one way that is remembered beside the table, to a container and from a submitter. */
class WayTest {

    private static final HierarchyTree OTHERS = Trees.hierarchy("ways");

    @Test
    void containerIsEnteredFromEachPlaceThoughOneWayIsRemembered() {
        ContainerNode to = OTHERS.root().at("each");
        Membership one = main("way/one");
        Membership other = main("way/other");
        for (int i = 0; i < 2; i++) {
            assertThat(one.moveTo(to).container(OTHERS)).isSameAs(to);
            assertThat(one.moveTo(to).container(Trees.MAIN).path()).isEqualTo("/way/one");
            assertThat(other.moveTo(to).container(Trees.MAIN).path()).isEqualTo("/way/other");
        }
        assertThat(wayTo(to).from).isSameAs(one);
    }

    @Test
    void wayFromWhereAContainerWasRemovedIsForgotten() {
        ContainerNode to = OTHERS.root().at("forgotten");
        ContainerNode removed = Trees.MAIN.root().at("way/removed");
        Membership from = Trees.ROOT.moveTo(removed);
        Membership there = from.moveTo(to);
        assertThat(wayTo(to).to).isSameAs(there);
        removed.remove();
        assertThat(to.way()).isNull();
        // Who is still there finds the way, and does not keep it for others.
        assertThat(from.moveTo(to).container(OTHERS)).isSameAs(to);
        assertThat(to.way()).isNull();
    }

    @Test
    void taskIsLedFromEachWorkersPlace() {
        Membership submitter = main("way/submitter");
        ContainerNode pool = Trees.MAIN.root().at("pools/way");
        Membership worker = Trees.ROOT.moveTo(pool).moveTo(OTHERS.root().at("worker"));
        Membership another = Trees.ROOT.moveTo(OTHERS.root().at("another"));
        for (int i = 0; i < 2; i++) {
            assertThat(places(submitter.from(worker))).isEqualTo("/way/submitter /worker");
            assertThat(places(submitter.from(another))).isEqualTo("/way/submitter /another");
        }
    }

    @Test
    void workersPlaceThatWasRemovedIsNotHeldByTheSubmitter() {
        Membership submitter = main("way/holds");
        ContainerNode pool = Trees.MAIN.root().at("pools/removed");
        Membership worker = Trees.ROOT.moveTo(pool).moveTo(OTHERS.root().at("removed-worker"));
        submitter.from(worker);
        assertThat(submitter.knowsHandedWay()).isTrue();
        pool.remove();
        assertThat(submitter.knowsHandedWay()).isFalse();
        submitter.from(worker);
        assertThat(submitter.knowsHandedWay()).isFalse();
    }

    /** As when there was no memory for all of it. */
    @Test
    void removalThatBrokeOffLeavesNoWayThatNobodyForgets() {
        ContainerNode to = OTHERS.root().at("broken-off");
        ContainerNode place = Trees.MAIN.root().at("way/left");
        Trees.ROOT.moveTo(place).moveTo(to);
        synchronized (Trees.LOCK) {
            Trees.forgetWaysTo(to);
        }
        Trees.ROOT.moveTo(place).moveTo(to);
        place.remove();
        assertThat(to.way()).isNull();
    }

    @Test
    void submitterThatIsRetiredHoldsNoWay() {
        ContainerNode container = Trees.MAIN.root().at("way/retired");
        Membership submitter = Trees.ROOT.moveTo(container);
        submitter.from(Trees.ROOT.moveTo(Trees.MAIN.root().at("pools/stays")));
        assertThat(submitter.knowsHandedWay()).isTrue();
        container.remove();
        assertThat(submitter.knowsHandedWay()).isFalse();
    }

    @Test
    void whoWorksInARemovedContainerNeedsNoLockForEachTask() throws InterruptedException {
        Membership submitter = main("way/locks");
        ContainerNode pool = Trees.MAIN.root().at("pools/locks");
        Membership worker = Trees.ROOT.moveTo(pool).moveTo(OTHERS.root().at("locks"));
        pool.remove();
        Membership expected = submitter.from(worker);
        Membership[] found = new Membership[1];
        Thread taking = new Thread(() -> found[0] = submitter.from(worker));
        synchronized (Trees.LOCK) {
            taking.start();
            taking.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(found[0]).isSameAs(expected);
        }
    }

    private static Membership main(String path) {
        return Trees.ROOT.moveTo(Trees.MAIN.root().at(path));
    }

    private static Way wayTo(ContainerNode container) {
        Way way = container.way();
        assertThat(way).isNotNull();
        return way;
    }

    private static String places(Membership membership) {
        return membership.container(Trees.MAIN).path() + " "
                + membership.container(OTHERS).path();
    }
}
