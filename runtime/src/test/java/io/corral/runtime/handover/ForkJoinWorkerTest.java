package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.PlatformMember;
import io.corral.runtime.thread.Scopes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a worker that finds no task stays in the container of its last task. */
class ForkJoinWorkerTest {

    private static final int MOST = ForkJoinWorker.MAX_SCANS;

    private final ContainerNode tenant = ApiContainer.node(Containers.at("/fork-join-worker"));
    private final PlatformMember member =
            new PlatformMember(Thread.currentThread(), 1, Membership.ROOT, 0, 0);
    private final ForkJoinWorker worker = new ForkJoinWorker(member, null);

    /** A worker's first task may have begun before the hooks had anything to do. */
    @BeforeEach
    void workerHasWaited() {
        worker.waits();
    }

    @Test
    void workerStaysInTheContainerForAFewScans() {
        runTask();
        scan(MOST);
        assertThat(worksForTenant()).isTrue();
    }

    @Test
    void workerLeavesTheContainerAtTheNextScan() {
        runTask();
        scan(MOST + 1);
        assertThat(worksForTenant()).isFalse();
    }

    @Test
    void scansAreCountedFromTheLastTask() {
        runTask();
        scan(MOST);
        runTask();
        scan(MOST);
        assertThat(worksForTenant()).isTrue();
    }

    @Test
    void scansBeforeTheFirstTaskAreNotCounted() {
        scan(10 * MOST);
        runTask();
        scan(MOST);
        assertThat(worksForTenant()).isTrue();
    }

    @Test
    void scansWithinATaskDoNotCloseItsScope() {
        worker.taskBegins();
        worker.scopeOpened(Scopes.enter(member, tenant));
        scan(10 * MOST);
        assertThat(worksForTenant()).isTrue();
    }

    /** Calls the worker as the hooks do. */
    private void runTask() {
        worker.taskBegins();
        Object open = worker.continues(member, Membership.ROOT.moveTo(tenant));
        worker.scopeOpened(open == null ? Scopes.enter(member, tenant) : open);
        assertThat(worker.leavesOpen(member, worker.taskEnded())).isTrue();
    }

    private void scan(int times) {
        for (int i = 0; i < times; i++) {
            worker.scans();
        }
    }

    private boolean worksForTenant() {
        return member.openFrame() != null && member.account() == Membership.ROOT.moveTo(tenant);
    }
}
