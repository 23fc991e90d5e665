package io.corral.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.membership.Membership;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubmitterQueueTest {

    private final Membership a = at("/submitters/a");
    private final Membership b = at("/submitters/b");
    private final Membership c = at("/submitters/c");

    private static Membership at(String path) {
        return Membership.ROOT.moveTo(ApiContainer.node(Containers.at(path)));
    }

    @Test
    void firstComeIsFirstServed() {
        assertThat(all(SubmitterQueue.of(a, 0).and(b, 0).and(c, 0))).containsExactly(a, b, c);
    }

    @Test
    void addingAfterTakingKeepsTheOrder() {
        SubmitterQueue left =
                SubmitterQueue.of(a, 0).and(b, 0).and(c, 0).inOrder().withoutFirst();
        assertThat(all(left.and(a, 0))).containsExactly(b, c, a);
    }

    @Test
    void latestSubmitterCanBeWithdrawnAfterTheFirstWasTaken() {
        SubmitterQueue three = SubmitterQueue.of(a, 0).and(b, 0).and(c, 0);
        assertThat(all(three.withoutLast())).containsExactly(a, b);
        SubmitterQueue left = three.inOrder().withoutFirst().inOrder();
        assertThat(all(left.withoutLast())).containsExactly(b);
        assertThat(left.withoutLast().withoutLast()).isNull();
    }

    @Test
    void oldestRecordsBeyondTheMaximumAreDropped() {
        SubmitterQueue three = SubmitterQueue.of(a, 0).and(b, 0).and(c, 0);
        assertThat(all(three.since(0, 2))).containsExactly(b, c);
        assertThat(three.since(0, 3)).isSameAs(three);
    }

    @Test
    void recordsOfEarlierRoundsAreDropped() {
        SubmitterQueue three = SubmitterQueue.of(a, 0).and(b, 1).and(c, 2);
        assertThat(all(three.since(1, 10))).containsExactly(b, c);
        assertThat(three.since(3, 10)).isNull();
        assertThat(three.since(-1, 10)).isSameAs(three);
    }

    private static List<@Nullable Membership> all(@Nullable SubmitterQueue some) {
        List<@Nullable Membership> all = new ArrayList<>();
        for (SubmitterQueue left = some; left != null; left = left.inOrder().withoutFirst()) {
            all.add(left.inOrder().takeFirst());
        }
        return all;
    }
}
