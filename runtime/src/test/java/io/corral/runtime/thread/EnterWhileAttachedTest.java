package io.corral.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Spins;
import io.corral.runtime.membership.Measurement;
import io.corral.runtime.membership.Membership;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A thread enters and closes scopes of its own container while another attaches it elsewhere. */
class EnterWhileAttachedTest {

    private static final int ROUNDS = 300_000;

    private final ContainerNode home =
            ApiContainer.node(Containers.at("/enter-while-attached/home"));
    private final ContainerNode other =
            ApiContainer.node(Containers.at("/enter-while-attached/other"));
    private final Membership atHome = Membership.ROOT.moveTo(home);
    private final Membership atOther = Membership.ROOT.moveTo(other);
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicInteger moved = new AtomicInteger();

    @Test
    void meterFollowsAThreadThatIsAttachedWhileItEnters() throws InterruptedException {
        enterAndLeaveWhileMoved(false);
    }

    /** The mover then leaves the switch to the owner. */
    @Test
    void meterFollowsAMeasuredThreadThatIsAttachedWhileItEnters() throws InterruptedException {
        enterAndLeaveWhileMoved(true);
    }

    private void enterAndLeaveWhileMoved(boolean measured) throws InterruptedException {
        PlatformMember member = new PlatformMember(Thread.currentThread(), 1, atHome, 0, 0);
        Thread mover = new Thread(() -> move(member), "mover");
        mover.start();
        int wrong = 0;
        for (int i = 1; i <= ROUNDS; i++) {
            round.set(i);
            Measurement measurement = measured ? Measurement.begin(member.working()) : null;
            ScopeFrame frame = Scopes.enter(member, measurement == null ? home : measurement);
            awaitMoved(2 * i - 1);
            wrong += isChargedElsewhere(member) ? 1 : 0;
            round.set(-i);
            Scopes.leave(member, frame);
            awaitMoved(2 * i);
            wrong += isChargedElsewhere(member) ? 1 : 0;
            if (measurement != null) {
                measurement.end();
            }
        }
        mover.join();
        assertThat(wrong).isZero();
    }

    /** Two memberships of one measurement may be equal in all but identity. */
    private static boolean isChargedElsewhere(PlatformMember member) {
        Membership expected = member.account();
        return !(member.meter().account() instanceof Membership actual)
                || actual.unmeasured() != expected.unmeasured()
                || actual.measurement() != expected.measurement();
    }

    /** Moves the thread away while the owner enters, and back while it leaves. */
    private void move(PlatformMember member) {
        for (int i = 1; i <= ROUNDS; i++) {
            awaitRound(i);
            member.moveHome(atHome, atOther);
            member.followFromOutside();
            moved.set(2 * i - 1);
            awaitRound(-i);
            member.moveHome(atOther, atHome);
            member.followFromOutside();
            moved.set(2 * i);
        }
    }

    private void awaitRound(int number) {
        Spins.until(round, number);
    }

    private void awaitMoved(int number) {
        Spins.until(moved, number);
    }
}
