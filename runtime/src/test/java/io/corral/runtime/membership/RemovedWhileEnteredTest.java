package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.runtime.accounting.Charges;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.thread.Members;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A scope that stays open in a container that is removed. */
class RemovedWhileEnteredTest {

    @Test
    void scopeInARemovedContainerIsStillChargedToIt() {
        ContainerNode gone = ApiContainer.node(Containers.at("/removed-while-entered/gone"));
        try (Scope scope = gone.api().enter()) {
            Membership before = Members.currentWorking();
            Removal.remove(gone);
            for (int i = 0; i < 100; i++) {
                assertThat(Members.currentWorking()).isSameAs(before);
            }
        }
        assertThat(MembershipTable.in(gone)).hasSize(1);
    }

    /** Otherwise it would keep each removed container alive as long as the scope is open. */
    @Test
    void retiredMembershipCachesNoMoves() {
        ContainerNode gone = ApiContainer.node(Containers.at("/removed-while-entered/remembers"));
        ContainerNode parent = ApiContainer.node(Containers.at("/removed-while-entered/requests"));
        try (Scope scope = gone.api().enter()) {
            Membership retired = Members.currentWorking();
            Removal.remove(gone);
            for (int i = 0; i < 1_000; i++) {
                ContainerNode request = parent.create("r" + i);
                try (Scope inner = request.api().enter()) {
                    assertThat(Members.currentWorking().container(Trees.MAIN)).isSameAs(request);
                }
                Removal.remove(request);
            }
            assertThat(retired.cachedMoves()).isZero();
        }
    }

    @Test
    void noMembershipIsCreatedInARemovedContainer() {
        ContainerNode gone = ApiContainer.node(Containers.at("/removed-while-entered/makes"));
        ContainerNode parent = ApiContainer.node(
                Containers.hierarchy("removed-while-entered-makes").at("/requests"));
        try (Scope scope = gone.api().enter()) {
            Removal.remove(gone);
            for (int i = 0; i < 1_000; i++) {
                ContainerNode request = parent.create("r" + i);
                try (Scope inner = request.api().enter()) {
                    assertThat(Members.currentWorking().container(parent.hierarchy()))
                            .isSameAs(request);
                }
                Removal.remove(request);
            }
            assertThat(MembershipTable.in(gone)).hasSize(1);
        }
    }

    @Test
    void scopeOpenedAfterARemovalIsChargedToTheParentOfTheRemovedContainer() {
        ContainerNode one = ApiContainer.node(Containers.at("/removed-while-entered/one"));
        ContainerNode two = ApiContainer.node(
                Containers.hierarchy("removed-while-entered-two").at("/parent/two"));
        ContainerNode third = ApiContainer.node(
                Containers.hierarchy("removed-while-entered-third").at("/third"));
        try (Scope scope = one.api().enter();
                Scope inner = two.api().enter()) {
            Charges.cpu(Members.currentWorking(), 3);
            Removal.remove(one);
            Removal.remove(two);
            Charges.cpu(Members.currentWorking(), 4);
            try (Scope innermost = third.api().enter()) {
                Charges.cpu(Members.currentWorking(), 5);
            }
        }
        assertThat(cpuNanos(third)).isEqualTo(5);
        for (ContainerNode removed : List.of(one, two)) {
            assertThat(cpuNanos(removed)).as(removed.toString()).isEqualTo(3 + 4);
            assertThat(cpuNanos(removed.parent())).as("parent").isEqualTo(3 + 4 + 5);
        }
    }

    private static long cpuNanos(@Nullable ContainerNode container) {
        Objects.requireNonNull(container);
        synchronized (Trees.LOCK) {
            MembershipTable.updateSums();
            return container.sum().cpuNanos();
        }
    }
}
