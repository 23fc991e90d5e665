package io.corral.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipsTest {

    private static final int MANY = 1_000;

    private final List<Membership> made = new ArrayList<>();

    private Membership make() {
        Membership membership = new Membership(new ContainerNode[0]);
        made.add(membership);
        return membership;
    }

    @Test
    void laterAdditionsDoNotChangeEarlierSets() {
        List<Memberships> times = new ArrayList<>();
        Memberships now = Memberships.NONE;
        for (int i = 0; i < MANY; i++) {
            times.add(now);
            now = now.with(make());
        }
        times.add(now);
        for (int i = 0; i <= MANY; i++) {
            assertThat(all(times.get(i))).containsExactlyElementsOf(made.subList(0, i));
        }
    }

    @Test
    void unpublishedSetLeavesNoTrace() {
        Memberships three = Memberships.of(make()).with(make()).with(make());
        Memberships unpublished = three.with(make());
        assertThat(unpublished.size()).isEqualTo(4);
        Memberships four = three.with(make());
        assertThat(all(three)).containsExactly(made.get(0), made.get(1), made.get(2));
        assertThat(all(four)).containsExactly(made.get(0), made.get(1), made.get(2), made.get(4));
    }

    @Test
    void restIsIndependent() {
        Memberships four = Memberships.of(make(), make(), make(), make());
        Memberships rest = four.without(Set.of(made.get(0), made.get(2)));
        Memberships grown = rest.with(make());
        assertThat(all(rest)).containsExactly(made.get(1), made.get(3));
        assertThat(all(grown)).containsExactly(made.get(1), made.get(3), made.get(4));
        assertThat(all(four)).containsExactlyElementsOf(made.subList(0, 4));
        assertThat(all(four.without(Set.copyOf(made)))).isEmpty();
    }

    private static List<Membership> all(Memberships memberships) {
        List<Membership> all = new ArrayList<>();
        for (int i = 0; i < memberships.size(); i++) {
            all.add(memberships.get(i));
        }
        return all;
    }
}
