package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.UsageSum;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A scope that stays open in a container that is removed. */
class RemovedWhileEnteredTest {

    @Test
    void askingWhereOneWorksMakesOneMembershipAtMost() {
        ContainerNode gone = (ContainerNode) Containers.at("/removed-while-entered/gone");
        ContainerNode other = (ContainerNode)
                Containers.hierarchy("removed-while-entered-other").at("/other");
        try (Scope scope = gone.enter()) {
            Membership before = Members.currentWorking();
            gone.remove();
            for (int i = 0; i < 100; i++) {
                assertThat(Members.currentWorking()).isSameAs(before);
            }
            // A combination that nobody has been in before the removal.
            try (Scope both = other.enter()) {
                Membership made = Members.currentWorking();
                for (int i = 0; i < 100; i++) {
                    assertThat(Members.currentWorking()).isSameAs(made);
                }
            }
        }
        assertThat(gone.memberships().size()).isEqualTo(2);
    }

    /** Else it would hold all that was ever entered there, as long as the scope is open. */
    @Test
    void whoWorksInARemovedContainerRemembersFewOfThoseItEnters() {
        ContainerNode gone = (ContainerNode) Containers.at("/removed-while-entered/remembers");
        ContainerNode parent = (ContainerNode) Containers.at("/removed-while-entered/requests");
        try (Scope scope = gone.enter()) {
            Membership retired = Members.currentWorking();
            gone.remove();
            for (int i = 0; i < 1_000; i++) {
                ContainerNode request = parent.create("r" + i);
                try (Scope inner = request.enter()) {
                    assertThat(Members.currentWorking().container(Trees.MAIN)).isSameAs(request);
                }
                request.remove();
            }
            assertThat(retired.rememberedMoves()).isLessThanOrEqualTo(16);
        }
    }

    @Test
    void whoWorksInARemovedContainerMakesFewMembershipsThere() {
        ContainerNode gone = (ContainerNode) Containers.at("/removed-while-entered/makes");
        ContainerNode parent = (ContainerNode)
                Containers.hierarchy("removed-while-entered-makes").at("/requests");
        try (Scope scope = gone.enter()) {
            gone.remove();
            for (int i = 0; i < 1_000; i++) {
                ContainerNode request = parent.create("r" + i);
                try (Scope inner = request.enter()) {
                    assertThat(Members.currentWorking().container(parent.hierarchy()))
                            .isSameAs(request);
                }
                request.remove();
            }
            assertThat(gone.memberships().size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void whatIsUsedInTwoRemovedContainersCountsInBoth() {
        ContainerNode one = (ContainerNode) Containers.at("/removed-while-entered/one");
        ContainerNode two = (ContainerNode)
                Containers.hierarchy("removed-while-entered-two").at("/parent/two");
        ContainerNode third = (ContainerNode)
                Containers.hierarchy("removed-while-entered-third").at("/third");
        try (Scope scope = one.enter();
                Scope inner = two.enter()) {
            one.remove();
            two.remove();
            try (Scope innermost = third.enter()) {
                Members.currentWorking().totals().addCpuNanos(5);
                for (ContainerNode each : List.of(one, two, third, one.parent(), two.parent())) {
                    assertThat(cpuNanos(each)).as(each.toString()).isEqualTo(5);
                }
            }
        }
    }

    private static long cpuNanos(ContainerNode container) {
        UsageSum sum = new UsageSum();
        synchronized (Trees.LOCK) {
            for (int i = 0; i < container.memberships().size(); i++) {
                Membership membership = container.memberships().get(i);
                sum.add(membership);
                membership.retired.addTo(sum);
            }
        }
        return sum.toUsage(true, true).cpuNanos();
    }
}
