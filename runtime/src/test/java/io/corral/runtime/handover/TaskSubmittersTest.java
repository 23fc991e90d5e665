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
class TaskSubmittersTest {

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
        TaskSubmitters.set(task, a);
        assertThat(TaskSubmitters.of(task)).isSameAs(a);
        assertThat(TaskSubmitters.take(task)).isSameAs(a);
        assertThat(TaskSubmitters.take(task)).isNull();
    }

    @Test
    void waitOfATaskBeginsWhereItIsSubmittedAndIsTakenOnce() {
        QueuedTime.measure(true);
        try {
            TaskSubmitters.set(task, Membership.ROOT);
            assertThat(TaskSubmitters.takeSince(task)).isZero();
            TaskSubmitters.set(task, Membership.ROOT);
            long before = System.nanoTime();
            TaskSubmitters.setFirst(task, null);
            long after = System.nanoTime();
            assertThat(TaskSubmitters.takeSince(task)).isBetween(before, after);
            assertThat(TaskSubmitters.takeSince(task)).isZero();
        } finally {
            QueuedTime.measure(false);
        }
    }

    @Test
    void laterSubmitterReplacesTheFirst() {
        TaskSubmitters.set(task, Membership.ROOT);
        TaskSubmitters.set(task, a);
        assertThat(TaskSubmitters.of(task)).isSameAs(a);
        TaskSubmitters.set(task, null);
        assertThat(TaskSubmitters.of(task)).isNull();
    }

    @Test
    void timerTaskKeepsItsSubmitter() {
        TimerTask timerTask = new TimerTask() {
            @Override
            public void run() {}
        };
        TaskSubmitters.set(timerTask, a);
        assertThat(TaskSubmitters.of(timerTask)).isSameAs(a);
    }

    @Test
    void futureThatTheRootSubmitsFirstKeepsTheRoot() {
        FutureTask<?> future = new FutureTask<>(() -> null);
        TaskSubmitters.setFirst(future, Membership.ROOT);
        TaskSubmitters.setFirst(future, a);
        assertThat(TaskSubmitters.take(future)).isSameAs(Membership.ROOT);
    }

    @Test
    void runnableKeepsNoSubmitterItself() {
        Runnable runnable = () -> {};
        TaskSubmitters.set(runnable, a);
        assertThat(TaskSubmitters.keeps(runnable)).isFalse();
        assertThat(TaskSubmitters.of(runnable)).isNull();
    }
}
