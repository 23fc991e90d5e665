package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose the bytes are where a mover and the owner act at once. */
class MeterMoveTest {

    private final Account home = new TestAccount();
    private final Account scope = new TestAccount();
    private final Account otherHome = new TestAccount();

    /** Of others, in the middle of the mover's steps: it has changed the home, it has asked, ... */
    private int turns;

    /** The mover has asked where the thread works, and lost: no bytes after that are its business. */
    @ParameterizedTest
    @EnumSource
    void bytesInAScopeAreTheScopesThoughAMoverLostTheRaceWithItsEntry(ClockPolicy policy) {
        SimulatedThread thread = new SimulatedThread(policy, home, 0, 0);
        thread.clock.advance(1, 10);
        thread.meanwhile(() -> {
            if (++turns == 2) {
                thread.enter(scope);
                thread.clock.advance(1, 7);
            }
        });
        thread.attach(otherHome);
        thread.exit();
        assertThat(turns).isGreaterThan(2);
        assertThat(scope.totals().allocatedBytes()).isEqualTo(7);
        assertThat(home.totals().allocatedBytes()).isEqualTo(10);
        assertThat(otherHome.totals().allocatedBytes()).isZero();
    }
}
