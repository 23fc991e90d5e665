package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which account is charged for the bytes if a mover and the owner act at once. */
class MeterMoveTest {

    private final Account home = new TestAccount();
    private final Account scope = new TestAccount();
    private final Account otherHome = new TestAccount();

    /** The mover's steps so far: it has changed the home, it has asked the source, and so on. */
    private int steps;

    /** The mover has asked the source, and then its compare-and-set fails. */
    @ParameterizedTest
    @EnumSource
    void scopeIsChargedForItsBytesIfTheOwnerEntersItDuringAMove(ClockPolicy policy) {
        SimulatedThread thread = new SimulatedThread(policy, home, 0, 0);
        thread.clock.advance(1, 10);
        thread.afterEachStep(() -> {
            if (++steps == 2) {
                thread.enter(scope);
                thread.clock.advance(1, 7);
            }
        });
        thread.attach(otherHome);
        thread.exit();
        assertThat(steps).isGreaterThan(2);
        assertThat(scope.totals().allocatedBytes()).isEqualTo(7);
        assertThat(home.totals().allocatedBytes()).isEqualTo(10);
        assertThat(otherHome.totals().allocatedBytes()).isZero();
    }

    /** A measured task reads what its account was charged when it has left it. */
    @ParameterizedTest
    @EnumSource
    void bytesThatAMoveHasLeftToTheOwnerCanBeChargedAtOnce(ClockPolicy policy) {
        SimulatedThread thread = new SimulatedThread(policy, home, 0, 0);
        thread.clock.advance(1, 10);
        thread.attach(otherHome);
        assertThat(home.totals().allocatedBytes()).isZero();
        thread.meter.settleMoves();
        assertThat(home.totals().allocatedBytes()).isEqualTo(10);
    }
}
