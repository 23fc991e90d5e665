package io.corral.runtime.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
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
}
