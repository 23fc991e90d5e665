package io.corral.runtime.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    private static final int TASKS = 20_000;

    private final Background background = new Background();

    @Test
    void tasksRunInSubmissionOrder() throws InterruptedException {
        List<Integer> ran = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(TASKS);
        for (int i = 0; i < TASKS; i++) {
            int number = i;
            background.later(() -> {
                ran.add(number);
                all.countDown();
            });
        }
        await(all);
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, TASKS).boxed().toList());
    }

    @Test
    void tasksOfSeveralThreadsRunOneAtATime() throws InterruptedException {
        int[] ran = new int[1];
        CountDownLatch all = new CountDownLatch(2 * TASKS);
        Runnable handOver = () -> {
            for (int i = 0; i < TASKS; i++) {
                background.later(() -> {
                    ran[0]++;
                    all.countDown();
                });
            }
        };
        Thread one = new Thread(handOver);
        Thread other = new Thread(handOver);
        one.start();
        other.start();
        await(all);
        one.join();
        other.join();
        assertThat(ran[0]).isEqualTo(2 * TASKS);
    }

    @Test
    void taskThatThrowsOrInterruptsDoesNotStopLaterTasks() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        background.later(() -> {
            throw new IllegalStateException("a task's own");
        });
        background.later(() -> Thread.currentThread().interrupt());
        background.later(next::countDown);
        await(next);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
