package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.membership.Membership;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Records of tasks that the application itself took out of the queue. */
class SubmissionTableTest {

    private final Membership a = at("/submitted/a");
    private final Membership b = at("/submitted/b");
    private final Runnable task = () -> {};
    private final Collection<Object> queue = new ArrayDeque<>();
    private final Object pool = new Object();
    private final SubmissionTable tasks = SubmissionTable.of(pool);
    private long now = System.nanoTime();

    private static Membership at(String path) {
        return Membership.ROOT.moveTo(ApiContainer.node(Containers.at(path)));
    }

    @Test
    void eachPoolHasASeparateTable() {
        Object other = new Object();
        assertThat(SubmissionTable.ofKnown(other)).isNull();
        assertThat(SubmissionTable.of(other)).isNotSameAs(tasks);
        assertThat(SubmissionTable.of(pool)).isSameAs(tasks);
    }

    @Test
    void recordOfATaskThatWaitsStays() {
        tasks.add(task, a, queue);
        queue.add(task);
        trimAfterSeconds(2);
        trimAfterSeconds(2);
        trimAfterSeconds(2);
        assertThat(tasks.take(task)).isSameAs(a);
    }

    @Test
    void recordIsRemovedAfterTheQueueWasEmptyThreeTimes() {
        tasks.add(task, a, queue);
        trimAfterSeconds(2);
        trimAfterSeconds(2);
        tasks.add(task, b, queue);
        trimAfterSeconds(2);
        assertThat(tasks.take(task)).isSameAs(b);
        assertThat(tasks.take(task)).isNull();
    }

    /** Within that time a task gets into the queue, or out of it to its run. */
    @Test
    void checksWithinASecondCountAsOne() {
        tasks.add(task, a, queue);
        trimAfterSeconds(2);
        for (int i = 0; i < 10; i++) {
            trimAfterSeconds(0);
        }
        assertThat(tasks.take(task)).isSameAs(a);
    }

    @Test
    void recordsOfOneObjectAreBounded() {
        for (int i = 0; i < 5_000; i++) {
            tasks.add(task, a, queue);
        }
        tasks.add(task, b, queue);
        queue.add(task);
        trimAfterSeconds(0);
        int left = 0;
        Membership last = null;
        for (Membership next = tasks.take(task); next != null; next = tasks.take(task)) {
            left++;
            last = next;
        }
        assertThat(left).isEqualTo(1_025);
        assertThat(last).isSameAs(b);
    }

    private void trimAfterSeconds(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        tasks.trim(queue, now);
    }
}
