package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who enables the key, who waits, and what comes of a failure. The key is a flag here, and time is moved by hand. */
class HandOverSwitchTest {

    private volatile boolean on;
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<Throwable> failures = new ArrayList<>();

    private final HandOverSwitch tested = new HandOverSwitch() {
        @Override
        boolean isOn() {
            return on;
        }

        @Override
        protected long nanoTime() {
            return now.get();
        }
    };

    private void enable(Class<?> key) {
        assertThat(key).isEqualTo(HandOverKey.class);
        calls.incrementAndGet();
        on = true;
    }

    @Test
    void firstUseEnablesAndNoOtherDoes() {
        tested.install(this::enable);
        assertThat(calls).hasValue(0);
        assertThat(tested.isSettled()).isFalse();
        tested.use();
        tested.use();
        assertThat(calls).hasValue(1);
        assertThat(tested.isSettled()).isTrue();
        assertThat(tested.wentOnWithout()).isFalse();
    }

    @Test
    void useBeforeThereIsAWayIsMadeUpFor() {
        tested.use();
        assertThat(tested.wasUsed()).isTrue();
        assertThat(tested.isToBeOn()).isFalse();
        tested.install(this::enable);
        assertThat(calls).hasValue(1);
    }

    @Test
    void manyAtOnceWaitForTheOneThatEnables() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        tested.install(held(begun, goOn));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(started(() -> {
                tested.use();
                assertThat(on).isTrue();
            }));
        }
        begun.await();
        goOn.countDown();
        for (Thread thread : threads) {
            joinUnfailed(thread);
        }
        assertThat(calls).hasValue(1);
        assertThat(tested.wentOnWithout()).isFalse();
    }

    @Test
    void whoIsOutOfPatienceGoesOnWithoutAndNobodyWaitsAnyMore() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        tested.install(held(begun, goOn));
        Thread enabling = started(tested::use);
        begun.await();
        Thread waiting = started(tested::use);
        while (waiting.isAlive()) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
            Thread.sleep(1);
        }
        joinUnfailed(waiting);
        assertThat(tested.wentOnWithout()).isTrue();
        // Else this would wait for ever, as the clock stands still.
        tested.use();
        assertThat(calls).hasValue(0);
        goOn.countDown();
        joinUnfailed(enabling);
        assertThat(on).isTrue();
    }

    @Test
    void afterWantOfMemoryItIsTriedAgainButNotAtOnce() {
        AtomicInteger tries = new AtomicInteger();
        tested.install(key -> {
            if (tries.incrementAndGet() == 1) {
                throw new OutOfMemoryError("for the test");
            }
            enable(key);
        });
        tested.use();
        assertThat(tested.wentOnWithout()).isTrue();
        assertThat(tested.isSettled()).isFalse();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
        tested.use();
        assertThat(tries).hasValue(1);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        tested.use();
        assertThat(tries).hasValue(2);
        assertThat(on).isTrue();
    }

    @Test
    void refusalIsForGood() {
        AtomicInteger tries = new AtomicInteger();
        tested.install(key -> {
            tries.incrementAndGet();
            throw new InternalError("for the test");
        });
        tested.use();
        tested.use();
        assertThat(tries).hasValue(1);
        assertThat(tested.isSettled()).isTrue();
        assertThat(tested.isToBeOn()).isFalse();
    }

    @Test
    void keyThatAnotherHasTurnedOffMeanwhileIsARefusal() {
        tested.install(key -> calls.incrementAndGet());
        tested.use();
        tested.use();
        assertThat(calls).hasValue(1);
        assertThat(tested.isToBeOn()).isFalse();
    }

    @Test
    void jvmThatEndsAndDoesNotListenIsNone() {
        tested.install(new KeySwitch() {
            @Override
            public void enable(Class<?> key) {
                calls.incrementAndGet();
            }

            @Override
            public boolean isEnding() {
                return true;
            }
        });
        tested.use();
        assertThat(tested.isSettled()).isFalse();
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        tested.use();
        assertThat(calls).hasValue(2);
    }

    @Test
    void useWithinTheEnablingEnables() {
        AtomicInteger depth = new AtomicInteger();
        tested.install(key -> {
            if (depth.incrementAndGet() == 1) {
                tested.use();
                assertThat(on).isTrue();
            }
            enable(key);
        });
        tested.use();
        assertThat(calls).hasValue(2);
    }

    private KeySwitch held(CountDownLatch begun, CountDownLatch goOn) {
        return key -> {
            begun.countDown();
            goOn.await();
            enable(key);
        };
    }

    private Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((failed, failure) -> {
            synchronized (failures) {
                failures.add(failure);
            }
        });
        thread.start();
        return thread;
    }

    private void joinUnfailed(Thread thread) throws InterruptedException {
        thread.join();
        synchronized (failures) {
            assertThat(failures).isEmpty();
        }
    }
}
