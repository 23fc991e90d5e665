package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventLoopsTest {

    private final AtomicBoolean isFound = new AtomicBoolean();

    /** As Netty's: an executor that can schedule and is on the stack of its tasks. */
    private static final class Loop extends ScheduledThreadPoolExecutor {

        Loop() {
            super(1);
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    private void look() {
        isFound.set(EventLoops.areRunning());
    }

    @Test
    void eventLoopIsFoundBelowItsTask() {
        new Loop().execute(this::look);
        assertThat(isFound).isTrue();
        look();
        assertThat(isFound).isFalse();
    }

    @Test
    void schedulerOfTheJdkThatRejectsATaskIsNone() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(
                1, (task, pool) -> isFound.compareAndSet(EventLoops.areRunning(), true));
        scheduler.shutdown();
        scheduler.execute(() -> {});
        assertThat(isFound).as("was asked, and found none").isTrue();
    }
}
