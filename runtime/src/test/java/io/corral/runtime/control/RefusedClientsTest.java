package io.corral.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.corral.Limits;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.LimitSettings.Fair;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusedClientsTest {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);

    private final RefusedClients clients = new RefusedClients();

    @Test
    void allThatWereRefusedAreExpected() {
        clients.count(30, TICK, TimeUnit.SECONDS.toNanos(10));
        clients.count(50, TICK, TimeUnit.SECONDS.toNanos(10));
        assertThat(clients.expected()).isCloseTo(50, withPercentage(1));
    }

    @Test
    void mostHaveComeAgainAfterTwiceTheTime() {
        clients.count(100, TICK, 0);
        long retry = TimeUnit.SECONDS.toNanos(4);
        for (int tick = 0; tick < 2 * retry / TICK; tick++) {
            clients.count(100, TICK, retry);
        }
        // One divided by e is left after each mean time, which is 1.5 times the least.
        assertThat(clients.expected()).isCloseTo(100 * Math.exp(-2 / 1.5), withPercentage(2));
    }

    @Test
    void noneIsExpectedAfterARest() {
        clients.count(100, TICK, 0);
        clients.forget();
        assertThat(clients.expected()).isZero();
        clients.count(100, TICK, 0);
        assertThat(clients.expected()).isZero();
    }

    /** The requests that wait and the clients that come again are served before it. */
    @Test
    void refusedRequestComesAgainAfterAllThatAreAhead() {
        ContainerControl control =
                new ContainerControl(Trees.MAIN.root().at("refused-clients").childOrNew("a"));
        control.settings(LimitSettings.NONE.with(new Fair(1, Limits.Mode.ENFORCE, "test")));
        control.slots.limit(2, false);
        control.share.requestEnded(TimeUnit.MILLISECONDS.toNanos(100));
        long alone = control.nanosUntilSlot();
        assertThat(alone).isPositive();

        for (int i = 0; i < 19; i++) {
            control.slots.waiters.add(new Waiter(Thread.currentThread(), null));
        }
        assertThat(control.nanosUntilSlot()).isCloseTo(10 * alone, withPercentage(1));

        control.shed.set(40);
        control.countRefused(TICK);
        assertThat(control.nanosUntilSlot()).isCloseTo(30 * alone, withPercentage(1));
    }
}
