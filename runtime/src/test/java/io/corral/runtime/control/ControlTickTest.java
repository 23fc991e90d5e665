package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.Limits;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.LimitSettings.CpuMax;
import io.corral.runtime.notice.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What happens to limits without a tick. */
class ControlTickTest {

    private static final String OPEN =
            "all limits are open: no tick of the thread corral-control for a second";

    private static final String AGAIN = "limits are in force again";

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void tickIsMissingAfterASecondWhenASecondLookFindsNoneEither() {
        List<String> lines = new CopyOnWriteArrayList<>();
        ControlTick tick = new ControlTick();
        long begun = System.nanoTime();
        Log.copyTo(lines);
        try {
            assertThat(tick.isMissing(begun + millis(900))).isFalse();
            // Such as the first request after a process was stopped: its tick is to come.
            assertThat(tick.isMissing(begun + millis(10_000))).isFalse();
            assertThat(tick.isMissing(begun + millis(10_050))).isFalse();
            assertThat(tick.isDegraded()).isFalse();
            assertThat(tick.isMissing(begun + millis(10_200))).isTrue();
            assertThat(tick.isMissing(begun + millis(10_300))).isTrue();
            assertThat(tick.isDegraded()).isTrue();

            tick.runIfOverdue(begun + millis(10_300));

            assertThat(tick.isDegraded()).isFalse();
            assertThat(tick.isMissing(System.nanoTime())).isFalse();
        } finally {
            Log.copyTo(null);
        }
        assertThat(lines).containsExactly(OPEN, AGAIN);
    }

    @Test
    void requestDoesTheWorkOfATickThatIsLate() {
        ControlTick tick = new ControlTick();
        long begun = System.nanoTime();
        tick.runIfOverdue(begun + millis(10_000));
        assertThat(tick.isMissing(begun + millis(900))).isFalse();
        assertThat(tick.isDegraded()).isFalse();
    }

    @Test
    void doorsAreOpenWhileTheTickFails() throws Exception {
        Container tenant = Containers.at("/control-tick/fails");
        tenant.limits().requestsMax(0);
        assertThatThrownBy(() -> admitOnAnotherThread(tenant))
                .isInstanceOf(LimitExceededException.class);
        ContainerControl broken = broken();
        List<String> lines = new CopyOnWriteArrayList<>();
        Log.copyTo(lines);
        Control.active().add(broken);
        try {
            while (!isLetIn(tenant)) {
                Thread.onSpinWait();
            }
            assertThat(Control.isDegraded()).isTrue();
            assertThat(isLetIn(tenant)).isTrue();

            Control.active().remove(broken);
            while (Control.isDegraded()) {
                Thread.onSpinWait();
            }
            assertThat(isLetIn(tenant)).isFalse();
        } finally {
            Control.active().remove(broken);
            Log.copyTo(null);
            tenant.limits().reset();
        }
        assertThat(lines).filteredOn(line -> line.equals(OPEN)).hasSize(1);
        assertThat(lines).filteredOn(line -> line.equals(AGAIN)).hasSize(1);
        assertThat(tenant.limits().stat().requests()).isZero();
    }

    /**
     * Else each tick would put the container to rest, activate it again, and wake the next tick.
     */
    @Test
    void containerWhoseSlotsAreInUseDoesNotRestWhileLimitsAreOff() {
        Container tenant = Containers.at("/control-tick/held");
        tenant.limits().fair(true);
        ContainerControl control = Control.ofOrNew(Trees.MAIN.at(tenant.path()));
        control.runQueue.take();
        Control.off(true);
        try {
            Control.activate(new ContainerControl[] {control});
            ControlTick tick = new ControlTick();
            tick.runIfOverdue(System.nanoTime() + millis(10_000));
            assertThat(control.isActive).isTrue();
            assertThat(control.share.lastCpuNanos).as("-1 after a rest").isNotNegative();
            control.runQueue.giveBack();
            tick.runIfOverdue(System.nanoTime() + millis(10_000));
            assertThat(control.isActive).isFalse();
        } finally {
            Control.off(false);
            tenant.limits().reset();
        }
    }

    /** The tick fails at a container that is not there. */
    @SuppressWarnings("NullAway")
    private static ContainerControl broken() {
        ContainerControl broken = new ContainerControl(null);
        broken.settings(LimitSettings.NONE.with(new CpuMax(1, 1, 0, Limits.Mode.ENFORCE, "f:1")));
        return broken;
    }

    private static boolean isLetIn(Container tenant) throws InterruptedException {
        try {
            admitOnAnotherThread(tenant);
            return true;
        } catch (LimitExceededException refused) {
            return false;
        }
    }

    private static void admitOnAnotherThread(Container tenant) throws InterruptedException {
        AtomicReference<RuntimeException> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                tenant.admit().close();
            } catch (RuntimeException refused) {
                thrown.set(refused);
            }
        });
        thread.start();
        thread.join();
        RuntimeException refused = thrown.get();
        if (refused != null) {
            throw refused;
        }
    }
}
