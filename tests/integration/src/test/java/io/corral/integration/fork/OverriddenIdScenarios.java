package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.ThreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Threads that override their id. */
final class OverriddenIdScenarios {

    private OverriddenIdScenarios() {}

    private static final class IdOverridingThread extends Thread {

        private final LongSupplier id;

        /** The thread's own clock after its last charge. */
        private volatile long atExit = -1;

        IdOverridingThread(LongSupplier id, Runnable task) {
            super(task);
            this.id = id;
        }

        @Override
        @Deprecated
        public long getId() {
            return id.getAsLong();
        }
    }

    private static final class ExitReadings implements Subsystem {
        @Override
        public void exit(Thread thread, Container container) {
            if (thread instanceof IdOverridingThread liar) {
                liar.atExit = CpuLoad.ownCpuNanos();
            }
        }
    }

    static {
        Containers.register(new ExitReadings());
    }

    @Scenario(114)
    static void threadThatReturnsTheMainThreadsIdIsChargedToItself() throws Exception {
        @SuppressWarnings("deprecation")
        long mainId = Thread.currentThread().getId();
        accountedAsItself(Containers.at("/ids/main"), () -> mainId);
        assertThat(Containers.current()).isSameAs(Containers.root());
    }

    @Scenario(114)
    static void threadWhoseGetIdThrowsIsChargedToItself() throws Exception {
        accountedAsItself(Containers.at("/ids/throws"), () -> {
            throw new IllegalStateException("no id");
        });
    }

    private static void accountedAsItself(Container a, LongSupplier id) throws Exception {
        int count = 3;
        List<IdOverridingThread> liars = new ArrayList<>();
        long[] used = new long[count];
        long[] usedAtEnd = new long[count];
        Container[] working = new Container[count];
        CountDownLatch done = new CountDownLatch(count);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < count; i++) {
            int index = i;
            liars.add(new IdOverridingThread(id, () -> {
                working[index] = Containers.current();
                CpuLoad.millis(50);
                used[index] = CpuLoad.ownCpuNanos();
                done.countDown();
                awaitUninterrupted(end);
                usedAtEnd[index] = CpuLoad.ownCpuNanos();
            }));
        }
        for (Thread liar : liars) {
            a.start(liar);
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(working).containsOnly(a);
        assertThat(a.threads()).containsExactlyInAnyOrderElementsOf(liars);
        assertThat(liars).allMatch(liar -> Containers.of(liar) == a);
        assertThat(Containers.of(Thread.currentThread())).isSameAs(Containers.root());
        long charged = a.usage().cpuNanos();
        end.countDown();
        for (Thread liar : liars) {
            liar.join();
        }
        // The container was read between the threads' own readings.
        long atEnd = LongStream.of(usedAtEnd).sum();
        assertThat(charged).isBetween(LongStream.of(used).sum(), atEnd);
        long atExit = liars.stream().mapToLong(liar -> liar.atExit).sum();
        assertThat(a.usage().cpuNanos()).isBetween(atEnd, atExit);
        assertThat(ThreadCounts.of(a)).isEqualTo(new ThreadCounts(0, count, count));
        assertThat(liars).allMatch(liar -> Containers.of(liar) == Containers.root());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
