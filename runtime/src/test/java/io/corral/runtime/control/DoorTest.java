package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.Limits;
import io.corral.Scope;
import io.corral.runtime.container.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Requests that code lets in by {@link Container#admit()}. */
class DoorTest {

    private static final int THREADS = 8;

    private Container tenants = Containers.root();
    private Container tenant = Containers.root();

    @BeforeEach
    void createContainers(TestInfo test) {
        tenants = Containers.at("/door/" + test.getTestMethod().orElseThrow().getName());
        tenant = tenants.at("a");
    }

    @AfterEach
    void liftLimits() {
        tenants.limits().reset();
        tenant.limits().reset();
    }

    /** Calls on a thread of its own, which works nowhere. */
    private static <T> T onAnotherThread(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        new Thread(future).start();
        try {
            return future.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private static void admitOnce(Container container) throws Exception {
        onAnotherThread(() -> {
            container.admit().close();
            return "";
        });
    }

    @Test
    void requestOverTheLimitIsRefusedWithTheNumbers() throws Exception {
        tenant.limits().requestsMax(1);
        try (Scope first = tenant.admit()) {
            assertThat(Containers.current()).isSameAs(tenant);
            LimitExceededException refused =
                    catchThrowableOfType(LimitExceededException.class, () -> admitOnce(tenant));

            assertThat(refused).isInstanceOf(RejectedExecutionException.class);
            assertThat(refused.container()).isSameAs(tenant);
            assertThat(refused.control()).isEqualTo("requests.max");
            assertThat(refused.limit()).isOne();
            assertThat(refused.use()).isOne();
            assertThat(refused)
                    .hasMessage("limit requests.max of container " + tenant.path()
                            + " is exceeded: 1 of 1 requests");
            assertThat(first.toString()).isNotEmpty();
        }
        assertThat(tenant.limits().stat().shed()).isOne();
        assertThat(tenant.limits().stat().requests()).isZero();

        admitOnce(tenant);

        assertThat(tenant.limits().stat().admitted()).isEqualTo(2);
        assertThat(tenant.limits().stat().peakRequests()).isOne();
    }

    @Test
    void tickLooksAtARequestThatPassedAfterItHadFoundTheContainerEmpty() {
        tenant.limits().requestsMax(1);
        ContainerControl[] doors = Control.chain(Trees.MAIN.at(tenant.path())).doors;
        Admission request = new Admission(doors, Thread.currentThread());
        request.activate();
        Control.rest(doors[0]);

        request.pass();

        assertThat(Control.active()).contains(doors[0]);
        request.end();
    }

    @Test
    void limitOfAParentCountsTheRequestsOfAllChildren() throws Exception {
        tenants.limits().requestsMax(1);
        Container other = tenants.at("b");
        try (Scope first = tenant.admit()) {
            assertThatThrownBy(() -> admitOnce(other))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining(tenants.path() + " is exceeded");
            assertThat(first.toString()).isNotEmpty();
        }
        admitOnce(other);

        assertThat(tenants.limits().stat().requests()).isZero();
    }

    @Test
    void requestThatAParentRefusesIsNotCountedBelow() throws Exception {
        tenants.limits().requestsMax(0);
        tenant.limits().requestsMax(5);

        assertThatThrownBy(() -> admitOnce(tenant)).isInstanceOf(LimitExceededException.class);
        assertThat(tenant.limits().stat().requests()).isZero();
        assertThat(tenants.limits().stat().requests()).isZero();
    }

    @Test
    void whatARequestEntersPasses() {
        tenant.limits().requestsMax(1);
        Container other = tenants.at("b");
        other.limits().requestsMax(0);
        try (Scope request = tenant.admit()) {
            tenant.admit().close();
            other.admit().close();
            assertThat(tenant.limits().stat().requests()).isOne();
            assertThat(request.toString()).isNotEmpty();
        }
        assertThat(other.limits().stat().admitted()).isZero();
        other.limits().reset();
    }

    @Test
    void scopeThatIsClosedTwiceIsCountedOutOnce() {
        tenant.limits().requestsMax(5);
        Scope request = tenant.admit();
        request.close();
        request.close();

        assertThat(tenant.limits().stat().requests()).isZero();
    }

    @Test
    void scopeThatAnotherThreadClosesStaysOpen() {
        tenant.limits().requestsMax(5);
        Scope request = tenant.admit();

        assertThatThrownBy(() -> onAnotherThread(() -> {
                    request.close();
                    return "";
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tenant.limits().stat().requests()).isOne();
        request.close();
        assertThat(tenant.limits().stat().requests()).isZero();
    }

    @Test
    void racingThreadsNeverExceedTheLimit() throws Exception {
        tenant.limits().requestsMax(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicLong admitted = new AtomicLong();
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                try {
                    begin.await();
                } catch (InterruptedException stopped) {
                    return;
                }
                for (int round = 0; round < 20_000; round++) {
                    try (Scope request = tenant.admit()) {
                        int now = inside.incrementAndGet();
                        most.accumulateAndGet(now, Math::max);
                        admitted.addAndGet(request == null ? 0 : 1);
                        inside.decrementAndGet();
                    } catch (LimitExceededException full) {
                        Thread.onSpinWait();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most.get()).isBetween(1, 3);
        assertThat(tenant.limits().stat().peakRequests()).isLessThanOrEqualTo(3);
        assertThat(tenant.limits().stat().requests()).isZero();
        assertThat(tenant.limits().stat().admitted()).isEqualTo(admitted.get());
    }

    /** Limits of all kinds, which change all the time, and requests that nest and fail. */
    @Test
    void nothingIsCountedAfterRequestsUnderChangingLimits() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLong failed = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random chance = new Random(i);
            Thread thread = new Thread(() -> {
                while (!isOver.get()) {
                    try (Scope outer = tenant.admit();
                            Scope inner = tenants.admit()) {
                        fail(chance.nextInt(3) == 0);
                    } catch (LimitExceededException refused) {
                        Thread.onSpinWait();
                    } catch (IllegalStateException thrown) {
                        failed.incrementAndGet();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        Random chance = new Random(THREADS);
        for (int i = 0; i < 2_000 || failed.get() < 2_000; i++) {
            change(chance.nextBoolean() ? tenant.limits() : tenants.limits(), chance);
        }
        isOver.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        for (Container each : List.of(tenants, tenant)) {
            ContainerControl control = Control.ofOrNew(Trees.MAIN.at(each.path()));
            assertThat(control.places.current()).isZero();
            assertThat(control.slots.used()).isZero();
            assertThat(control.places.monitored()).isZero();
            assertThat(control.stat().waiting()).isZero();
            assertThat(control.stat().lost()).isZero();
        }
    }

    private static void fail(boolean fails) {
        if (fails) {
            throw new IllegalStateException("asked for");
        }
    }

    private static void change(Limits limits, Random chance) {
        switch (chance.nextInt(6)) {
            case 0 -> limits.requestsMax(chance.nextInt(4));
            case 1 -> limits.requestsMax(Limits.UNLIMITED);
            case 2 -> limits.cpuMax(0.001 + chance.nextInt(2));
            case 3 -> limits.mode(chance.nextBoolean() ? Limits.Mode.MONITOR : Limits.Mode.ENFORCE);
            case 4 -> {
                try {
                    limits.fair(chance.nextBoolean());
                } catch (IllegalStateException nested) {
                    limits.weight(1 + chance.nextInt(500));
                }
            }
            default -> limits.reset();
        }
    }

    @Test
    void monitorCountsAndRefusesNothing() throws Exception {
        tenant.limits().requestsMax(1);
        tenant.limits().mode(Limits.Mode.MONITOR);
        try (Scope first = tenant.admit()) {
            admitOnce(tenant);
            assertThat(first.toString()).isNotEmpty();
        }
        admitOnce(tenant);

        assertThat(tenant.limits().stat().wouldShed()).isOne();
        assertThat(tenant.limits().stat().shed()).isZero();
        assertThat(tenant.limits().stat().admitted()).isEqualTo(3);
    }

    @Test
    void doorsThatAreOffLetAllIn() throws Exception {
        tenant.limits().requestsMax(0);
        Control.off(true);
        try {
            admitOnce(tenant);
        } finally {
            Control.off(false);
        }

        assertThatThrownBy(() -> admitOnce(tenant)).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void limitThatIsLoweredLetsNobodyInUntilEnoughHaveEnded() throws Exception {
        tenant.limits().requestsMax(2);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                try (Scope request = tenant.admit()) {
                    end.await();
                    assertThat(request.toString()).isNotEmpty();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            threads.add(thread);
            thread.start();
        }
        while (tenant.limits().stat().requests() < 2) {
            Thread.onSpinWait();
        }
        tenant.limits().requestsMax(1);
        assertThatThrownBy(() -> admitOnce(tenant))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("2 of 1 requests");
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        admitOnce(tenant);
        assertThat(tenant.limits().stat().requests()).isZero();
    }

    @Test
    void limitThatIsLiftedLetsAllIn() throws Exception {
        tenant.limits().requestsMax(0);
        tenant.limits().requestsMax(Limits.UNLIMITED);
        admitOnce(tenant);
        tenant.limits().reset();
        admitOnce(tenant);

        assertThat(tenant.limits().requestsMax()).isEqualTo(Limits.UNLIMITED);
    }

    @Test
    void containerThatWasRemovedIsCountedOutAndMadeAgain() throws Exception {
        tenant.limits().requestsMax(1);
        Scope request = tenant.admit();
        tenant.remove();
        Container again = tenants.at("a");
        admitOnce(again);
        request.close();

        assertThat(tenant.limits().stat().requests()).isZero();
        assertThat(again.limits().requestsMax()).isEqualTo(Limits.UNLIMITED);
    }

    @Test
    void valuesOutOfRangeAreRefusedWithTheValidOnes() {
        Limits limits = tenant.limits();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits.requestsMax(-1))
                .withMessage("requestsMax is negative: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits.requestsMax(1, Duration.ofSeconds(-1)))
                .withMessageContaining("wait is negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits.weight(0))
                .withMessage("weight is 0; expected 1 to 10000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits.cpuMax(0))
                .withMessageContaining("expected 0.001 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits.cpuMax(Double.NaN))
                .withMessageContaining("expected 0.001 or more");
        assertThatIllegalArgumentException().isThrownBy(() -> limits.threadsMax(-1));
        assertThat(limits.requestsMax()).isEqualTo(Limits.UNLIMITED);
    }

    @Test
    void rootAndPlacesOfCorralCannotBeLimited() {
        assertThatThrownBy(() -> Containers.root().limits().requestsMax(1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("it is a root");
        assertThatThrownBy(() -> Containers.at("/jvm").limits().requestsMax(1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void resetForgetsTheModeToo() {
        Container tenant = Containers.at("/door/reset");
        tenant.limits().mode(Limits.Mode.MONITOR);
        tenant.limits().requestsMax(0);
        tenant.limits().reset();
        tenant.limits().requestsMax(0);

        assertThat(tenant.limits().mode()).isEqualTo(Limits.Mode.ENFORCE);
        assertThatThrownBy(tenant::admit).isInstanceOf(LimitExceededException.class);
        tenant.limits().reset();
    }
}
