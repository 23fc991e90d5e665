package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which submitter a task gets that a worker has forked, and when its entry goes. */
class ForkedTasksTest {

    private final Membership a =
            Membership.ROOT.moveTo(ApiContainer.node(Containers.at("/forked-tasks/a")));

    private final Membership b =
            Membership.ROOT.moveTo(ApiContainer.node(Containers.at("/forked-tasks/b")));

    private final ForkedTasks own = ForkedTasks.open();
    private final ForkedTasks others = ForkedTasks.open();

    private final Object first = task();
    private final Object second = task();

    private static ForkJoinTask<?> task() {
        return ForkJoinTask.adapt(() -> {});
    }

    @BeforeAll
    static void classHasNoField() {
        TaskClasses.loaded(TaskClasses.FORK_JOIN_TASK, false);
    }

    @AfterEach
    void close() {
        own.close();
        others.close();
    }

    @Test
    void youngestTaskIsTakenFirst() {
        own.add(first, a);
        own.add(second, b);
        assertThat(ForkedTasks.take(second, own)).isSameAs(b);
        assertThat(ForkedTasks.take(first, own)).isSameAs(a);
    }

    @Test
    void oldestTaskMayBeTakenFirst() {
        own.add(first, a);
        own.add(second, b);
        assertThat(ForkedTasks.take(first, own)).isSameAs(a);
        assertThat(ForkedTasks.take(second, own)).isSameAs(b);
    }

    @Test
    void submitterIsTakenOnce() {
        own.add(first, a);
        assertThat(ForkedTasks.take(first, own)).isSameAs(a);
        assertThat(ForkedTasks.take(first, own)).isNull();
    }

    @Test
    void workerThatHasStolenATaskTakesItsSubmitter() {
        own.add(first, a);
        own.add(second, b);
        assertThat(ForkedTasks.take(first, others)).isSameAs(a);
        assertThat(ForkedTasks.take(second, null)).isSameAs(b);
        assertThat(ForkedTasks.take(first, own)).isNull();
    }

    @Test
    void taskBelowAStolenOneIsTaken() {
        own.add(first, a);
        own.add(second, b);
        assertThat(ForkedTasks.take(second, others)).isSameAs(b);
        assertThat(ForkedTasks.take(first, own)).isSameAs(a);
    }

    @Test
    void fullStackHasRoomAgainWhenItsTasksAreTaken() {
        List<Object> tasks = new ArrayList<>();
        for (int i = 0; i < ForkedTasks.CAPACITY; i++) {
            tasks.add(task());
            assertThat(own.add(tasks.get(i), a)).isTrue();
        }
        assertThat(own.add(first, b)).isFalse();
        tasks.forEach(each -> assertThat(ForkedTasks.take(each, others)).isSameAs(a));
        assertThat(own.add(first, b)).isTrue();
        assertThat(ForkedTasks.take(first, own)).isSameAs(b);
    }

    @Test
    void tableHasTheTasksThatAreLeftWhenTheWorkerEnds() {
        ForkedTasks closed = ForkedTasks.open();
        closed.add(first, a);
        closed.add(second, b);
        ForkedTasks.take(first, others);
        closed.close();
        assertThat(ForkedTasks.take(second, others)).isNull();
        assertThat(SubmitterStore.of(first).submitter(first)).isNull();
        assertThat(SubmitterStore.of(second).take(second)).isSameAs(b);
    }

    @Test
    void stackOfAWaitingWorkerIsClosedOnceItsTasksHaveBegun() {
        ForkedTasks waiting = ForkedTasks.open();
        waiting.add(first, a);
        assertThat(waiting.closeIfEmpty()).isFalse();
        assertThat(ForkedTasks.take(first, others)).isSameAs(a);
        assertThat(waiting.closeIfEmpty()).isTrue();
    }

    @Test
    void stolenTaskThatIsForkedAgainHasItsNewSubmitter() {
        own.add(first, a);
        assertThat(ForkedTasks.take(first, others)).isSameAs(a);
        assertThat(ForkedTasks.take(first, own)).isNull();
        own.add(first, b);
        assertThat(ForkedTasks.take(first, own)).isSameAs(b);
        assertThat(ForkedTasks.take(first, own)).isNull();
    }

    @Test
    void submitterOfADependentIsRecordedBeforeItsFork() {
        List<Runnable> dependents = new ArrayList<>();
        CompletableFuture<Void> future = new CompletableFuture<>();
        future.thenRunAsync(() -> {}, dependents::add);
        future.complete(null);
        SubmitterStore.of(dependents.get(0)).set(dependents.get(0), a);
        assertThat(dependents).hasSize(1).allMatch(ForkedTasks::isRecordedEarlier);
        assertThat(ForkedTasks.isRecordedEarlier(first)).isFalse();
    }
}
