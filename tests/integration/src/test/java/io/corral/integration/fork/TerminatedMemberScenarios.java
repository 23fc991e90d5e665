package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.ThreadCounts;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

/**
 * A thread that was adopted between its exit hook and its end, because the mark of its end had been
 * overwritten by a thread that ended later. This moment is too short for a test, so the test links
 * the member itself.
 */
final class TerminatedMemberScenarios {

    private TerminatedMemberScenarios() {}

    @Scenario
    static void readingRemovesAMemberWhoseThreadHasTerminated() throws InterruptedException {
        Container container = Containers.at("/terminated");
        Thread thread = new Thread(() -> {});
        thread.start();
        thread.join();
        Membership home = Membership.ROOT.moveTo(ApiContainer.node(container));
        assertThat(home.pin()).isTrue();
        home.totals().countAdoption(false, 1);
        assertThat(Members.link(new PlatformMember(thread, Jdk.id(thread), home, 0, 0)))
                .isTrue();
        assertThat(container.isPopulated()).isTrue();

        assertThat(ThreadCounts.of(container)).isEqualTo(new ThreadCounts(0, 0, 0));
        assertThat(container.isPopulated()).isFalse();
    }
}
