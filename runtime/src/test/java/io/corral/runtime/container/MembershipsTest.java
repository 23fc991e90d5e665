package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MembershipsTest {

    private static final int STEPS = 10_000;

    private static Membership make() {
        Membership made = new Membership(new ContainerNode[0]);
        made.slots(new int[1]);
        return made;
    }

    @Test
    void hasWhatWasAddedAndNotRemoved() {
        Random chance = new Random(1);
        Memberships memberships = new Memberships(0);
        List<Membership> expected = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            // Grows, and shrinks, by turns.
            if (expected.isEmpty() || chance.nextInt(10) < (i / 1_000 % 2 == 0 ? 7 : 3)) {
                Membership made = make();
                memberships.makeRoom();
                memberships.add(made);
                expected.add(made);
            } else {
                memberships.remove(expected.remove(chance.nextInt(expected.size())));
            }
            assertThat(memberships.size()).isEqualTo(expected.size());
            if (i % 100 == 0) {
                assertThat(memberships.copy())
                        .containsExactlyInAnyOrder(expected.toArray(new Membership[0]));
            }
        }
    }

    @Test
    void copyIsIndependent() {
        Memberships memberships = new Memberships(0);
        Membership one = make();
        memberships.makeRoom();
        memberships.add(one);
        Membership[] copy = memberships.copy();
        memberships.remove(one);
        assertThat(copy).containsExactly(one);
        assertThat(memberships.copy()).isEmpty();
    }

    @Test
    void unusedRoomChangesNothing() {
        Memberships memberships = new Memberships(0);
        memberships.makeRoom();
        memberships.makeRoom();
        assertThat(memberships.copy()).isEmpty();
        assertThat(memberships.hasMembers()).isFalse();
    }
}
