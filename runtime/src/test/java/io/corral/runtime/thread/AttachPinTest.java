package io.corral.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Removal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A thread that ends, and whose container is removed, while it is attached to another. */
class AttachPinTest {

    @Test
    void memberThatHasLeftARemovedContainerIsNotPinned() {
        ContainerNode gone = Trees.hierarchy("attach-pin").root().at("gone");
        ContainerNode to = Trees.MAIN.root().at("attach-pin");
        Thread thread = new Thread(() -> {});
        Member member = UncountedMembers.of(thread);
        Membership left = member.homeOrRoot().moveTo(gone);
        // The home as it was read before the thread ended.
        Removal.remove(gone);
        Membership home = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> new Move(thread, member, gone, to).pinned(left));
        assertThat(home).isNull();
    }

    @Test
    void memberThatIsStillInItsContainerIsPinnedInTheNewOne() {
        ContainerNode to = Trees.MAIN.root().at("attach-pin/there");
        Thread thread = new Thread(() -> {});
        Member member = UncountedMembers.of(thread);
        Membership home =
                new Move(thread, member, Trees.MAIN.root(), to).pinned(member.homeOrRoot());
        assertThat(home).isSameAs(Membership.ROOT.moveTo(to));
        assertThat(to.hasMembers()).isTrue();
        home.withdraw();
        assertThat(to.hasMembers()).isFalse();
    }
}
