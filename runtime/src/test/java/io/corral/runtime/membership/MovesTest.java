package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The membership that entering a container leads to, and which moves a membership caches. */
class MovesTest {

    private static final HierarchyTree OTHERS = Trees.hierarchy("moves");

    @Test
    void moveToAContainerKeepsTheContainersOfOtherHierarchies() {
        ContainerNode to = OTHERS.root().at("each");
        Membership one = main("moves/one");
        Membership other = main("moves/other");
        for (int i = 0; i < 2; i++) {
            assertThat(places(one.moveTo(to))).isEqualTo("/moves/one /each");
            assertThat(places(other.moveTo(to))).isEqualTo("/moves/other /each");
        }
    }

    @Test
    void movesFromOneContainerToManyAddOneCachedMove() {
        List<ContainerNode> containers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            containers.add(OTHERS.root().at("crossing-" + i));
        }
        for (ContainerNode from : containers) {
            Membership place = Membership.ROOT.moveTo(from);
            for (ContainerNode to : containers) {
                assertThat(place.moveTo(to)).isSameAs(Membership.ROOT.moveTo(to));
            }
            assertThat(place.cachedMoves()).isEqualTo(1);
        }
        containers.forEach(Removal::remove);
    }

    @Test
    void moveToARemovedContainerLeadsToItsParent() {
        ContainerNode removed = OTHERS.root().at("parent/removed");
        Membership from = main("moves/from");
        assertThat(places(from.moveTo(removed))).isEqualTo("/moves/from /parent/removed");
        Removal.remove(removed);
        assertThat(places(from.moveTo(removed))).isEqualTo("/moves/from /parent");
    }

    @Test
    void movesToARemovedContainerAreNotCached() {
        ContainerNode removed = OTHERS.root().at("forgotten");
        Membership from = main("moves/remembers");
        int before = from.cachedMoves();
        from.moveTo(removed);
        assertThat(from.cachedMoves()).isEqualTo(before + 1);
        Removal.remove(removed);
        assertThat(from.cachedMoves()).isEqualTo(before);
    }

    @Test
    void taskRunsInItsSubmittersContainerAndTheWorkersOtherPlaces() {
        Membership submitter = main("moves/submitter");
        Membership worker = Membership.ROOT
                .moveTo(Trees.MAIN.root().at("pools/moves"))
                .moveTo(OTHERS.root().at("worker"));
        Membership another = Membership.ROOT.moveTo(OTHERS.root().at("another"));
        for (int i = 0; i < 2; i++) {
            assertThat(places(submitter.from(worker))).isEqualTo("/moves/submitter /worker");
            assertThat(places(submitter.from(another))).isEqualTo("/moves/submitter /another");
        }
    }

    @Test
    void taskOfAWorkerInARemovedContainerTakesNoLock() throws InterruptedException {
        Membership submitter = main("moves/locks");
        ContainerNode pool = Trees.MAIN.root().at("pools/locks");
        Membership worker = Membership.ROOT.moveTo(pool).moveTo(OTHERS.root().at("locks"));
        Removal.remove(pool);
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
        return Membership.ROOT.moveTo(Trees.MAIN.root().at(path));
    }

    private static String places(Membership membership) {
        return membership.container(Trees.MAIN).path() + " "
                + membership.container(OTHERS).path();
    }
}
