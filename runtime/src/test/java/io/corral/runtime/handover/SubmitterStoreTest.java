package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.membership.Membership;
import java.util.TimerTask;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks of classes that were loaded before the agent, so that they have no field. */
class SubmitterStoreTest {

    /** The only one in this JVM, which has no agent. */
    private final Membership a =
            Membership.ROOT.moveTo(ApiContainer.node(Containers.at("/task-submitters/a")));

    private final ForkJoinTask<?> task = ForkJoinTask.adapt(() -> {});

    @BeforeAll
    static void classesAreLoaded() {
        TaskClasses.loaded(TaskClasses.FORK_JOIN_TASK, false);
        TaskClasses.loaded(TaskClasses.TIMER_TASK, false);
        TaskClasses.loaded(TaskClasses.FUTURE_TASK, false);
    }

    @Test
    void submitterIsTakenOnce() {
        SubmitterStore.of(task).set(task, a);
        assertThat(SubmitterStore.of(task).submitter(task)).isSameAs(a);
        assertThat(SubmitterStore.of(task).take(task)).isSameAs(a);
        assertThat(SubmitterStore.of(task).take(task)).isNull();
    }

    @Test
    void waitOfATaskBeginsWhereItIsSubmittedAndIsTakenOnce() {
        QueuedTime.measure(true);
        try {
            SubmitterStore.of(task).set(task, Membership.ROOT);
            assertThat(SubmitterStore.of(task).takeSince(task)).isZero();
            SubmitterStore.of(task).set(task, Membership.ROOT);
            long before = System.nanoTime();
            SubmitterStore.of(task).setFirst(task, null);
            long after = System.nanoTime();
            assertThat(SubmitterStore.of(task).takeSince(task)).isBetween(before, after);
            assertThat(SubmitterStore.of(task).takeSince(task)).isZero();
        } finally {
            QueuedTime.measure(false);
        }
    }

    @Test
    void laterSubmitterReplacesTheFirst() {
        SubmitterStore.of(task).set(task, Membership.ROOT);
        SubmitterStore.of(task).set(task, a);
        assertThat(SubmitterStore.of(task).submitter(task)).isSameAs(a);
        SubmitterStore.of(task).set(task, null);
        assertThat(SubmitterStore.of(task).submitter(task)).isNull();
    }

    @Test
    void timerTaskKeepsItsSubmitter() {
        TimerTask timerTask = new TimerTask() {
            @Override
            public void run() {}
        };
        SubmitterStore.of(timerTask).set(timerTask, a);
        assertThat(SubmitterStore.of(timerTask).submitter(timerTask)).isSameAs(a);
    }

    @Test
    void futureThatTheRootSubmitsFirstKeepsTheRoot() {
        FutureTask<?> future = new FutureTask<>(() -> null);
        SubmitterStore.of(future).setFirst(future, Membership.ROOT);
        SubmitterStore.of(future).setFirst(future, a);
        assertThat(SubmitterStore.of(future).take(future)).isSameAs(Membership.ROOT);
    }

    @Test
    void runnableKeepsNoSubmitterItself() {
        Runnable runnable = () -> {};
        SubmitterStore.of(runnable).set(runnable, a);
        assertThat(SubmitterStore.of(runnable)).isSameAs(SubmitterStore.POOL);
        assertThat(SubmitterStore.of(runnable).submitter(runnable)).isNull();
    }
}
