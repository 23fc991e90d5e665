package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.thread.PlatformMember;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a worker that finds no task stays in the container of the task before. */
class ForkJoinWorkerTest {

    private static final int FEW = ForkJoinWorker.SWEEPS;

    private final ContainerNode tenant = (ContainerNode) Containers.at("/fork-join-worker");
    private final PlatformMember member =
            new PlatformMember(Thread.currentThread(), 1, Trees.ROOT, 0, 0);
    private final ForkJoinWorker worker = new ForkJoinWorker(member, null);

    /** Not its first task: that may have begun before anybody was told of any. */
    @BeforeEach
    void waitsForATask() {
        worker.waits();
    }

    @Test
    void fewSweepsThatFindNothingLeaveItThere() {
        runTask();
        sweep(FEW);
        assertThat(worksForTenant()).isTrue();
    }

    @Test
    void oneMoreThanAFewTakesItBackToThePool() {
        runTask();
        sweep(FEW + 1);
        assertThat(worksForTenant()).isFalse();
    }

    @Test
    void countIsOfSweepsSinceTheLastTask() {
        runTask();
        sweep(FEW);
        runTask();
        sweep(FEW);
        assertThat(worksForTenant()).isTrue();
    }

    @Test
    void sweepsOfAWorkerThatWaitedBeforeDoNotCount() {
        sweep(10 * FEW);
        runTask();
        sweep(FEW);
        assertThat(worksForTenant()).isTrue();
    }

    @Test
    void taskThatRunsIsNotTakenOutOfItsContainer() {
        worker.runs();
        worker.opened(member.enter(tenant));
        sweep(10 * FEW);
        assertThat(worksForTenant()).isTrue();
    }

    /** As the hooks do. */
    private void runTask() {
        worker.runs();
        Object open = worker.goesOn(member, Trees.ROOT.moveTo(tenant));
        worker.opened(open == null ? member.enter(tenant) : open);
        assertThat(worker.leavesOpen(member, worker.ran())).isTrue();
    }

    private void sweep(int times) {
        for (int i = 0; i < times; i++) {
            worker.sweeps();
        }
    }

    private boolean worksForTenant() {
        return member.openFrame() != null && member.account() == Trees.ROOT.moveTo(tenant);
    }
}
