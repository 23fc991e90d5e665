package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.Containers;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.Notifier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A notice that is asked for while the last member goes. */
class ReleaseNoticesTest {

    private static final int ROUNDS = 30_000;

    private final AtomicInteger round = new AtomicInteger(-1);
    private final AtomicInteger left = new AtomicInteger(-1);
    private final Membership[] memberships = new Membership[ROUNDS];

    @BeforeEach
    void giveAtOnce() {
        Notifier.Current.notifier = Runnable::run;
    }

    @AfterEach
    void giveNone() {
        Notifier.Current.notifier = null;
    }

    @Test
    void noticeIsGivenOnceWhenTheLastMemberLeavesDuringItsRegistration()
            throws InterruptedException {
        ContainerNode parent = ApiContainer.node(Containers.at("/release-notices"));
        for (int i = 0; i < ROUNDS; i++) {
            memberships[i] = Membership.ROOT.moveTo(parent.at(i / 300 + "/" + i));
        }
        Thread leaver = new Thread(this::leave);
        leaver.start();
        int owed = 0;
        int twice = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Membership membership = memberships[i];
            membership.pin();
            ReleaseNotices notices = membership.container(Trees.MAIN).releaseNotices();
            AtomicInteger given = new AtomicInteger();
            round.set(i);
            notices.add(container -> given.incrementAndGet());
            Spins.until(left, i);
            int before = given.get();
            // Finds the notice still armed if it was neither given nor found not to be due.
            membership.emptied();
            owed += given.get() - before;
            twice += before > 1 ? 1 : 0;
        }
        leaver.join();
        assertThat(owed).isZero();
        assertThat(twice).isZero();
    }

    @Test
    void noticeStaysDueIfTheNotifierRunsOutOfMemory() {
        Membership membership =
                Membership.ROOT.moveTo(ApiContainer.node(Containers.at("/release-notices-memory")));
        AtomicInteger given = new AtomicInteger();
        membership.pin();
        membership.container(Trees.MAIN).releaseNotices().add(container -> given.incrementAndGet());
        membership.unpin();
        Notifier.Current.notifier = notice -> {
            throw new OutOfMemoryError("on purpose");
        };
        assertThatThrownBy(membership::emptied).isInstanceOf(OutOfMemoryError.class);
        Notifier.Current.notifier = Runnable::run;
        membership.emptied();
        assertThat(given.get()).isEqualTo(1);
        membership.emptied();
        assertThat(given.get()).isEqualTo(1);
    }

    private void leave() {
        for (int i = 0; i < ROUNDS; i++) {
            Spins.until(round, i);
            memberships[i].unpin();
            memberships[i].emptied();
            left.set(i);
        }
    }
}
