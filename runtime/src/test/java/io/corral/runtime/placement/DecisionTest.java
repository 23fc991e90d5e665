package io.corral.runtime.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.runtime.api.ApiContainer;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private final Membership place =
            Membership.ROOT.moveTo(ApiContainer.node(Containers.at("/decision/place")));

    @Test
    void decisionForTheSameMembershipAndRuleIsTheSameObject() {
        Decision first = Decision.of(place, "rules:1");
        assertThat(Decision.of(place, new String("rules:1"))).isSameAs(first);
        assertThat(Decision.of(place, "rules:2")).isNotSameAs(first);
        assertThat(Decision.of(place, "rules:1")).isSameAs(first);
        assertThat(Decision.of(Membership.ROOT, "rules:1")).isNotSameAs(first);
        assertThat(first.membership()).isSameAs(place);
        assertThat(first.rule()).isEqualTo("rules:1");
    }

    @Test
    void rememberedDecisionsAreBounded() {
        Decision first = Decision.of(place, "reloaded:0");
        for (int i = 1; i < 100; i++) {
            assertThat(Decision.of(place, "reloaded:" + i).rule()).isEqualTo("reloaded:" + i);
        }
        assertThat(Decision.of(place, "reloaded:0")).isNotSameAs(first);
    }

    @Test
    void directStartDecidesInMainAndLeavesTheRuleOfMainWhereItIsInAnotherHierarchy() {
        ContainerNode inMain = ApiContainer.node(Containers.at("/decision/target"));
        ContainerNode elsewhere = Trees.hierarchy("decision").root().at("target");
        Decision inherited = Decision.of(place, Decision.INHERIT);
        assertThat(inherited.startedIn(inMain).rule()).isEqualTo("explicit");
        assertThat(inherited.startedIn(inMain).membership().container(Trees.MAIN))
                .isSameAs(inMain);
        assertThat(inherited.startedIn(elsewhere).rule()).isEqualTo("inherit");
        assertThat(inherited.startedIn(elsewhere).membership().container(Trees.MAIN))
                .isSameAs(place.container(Trees.MAIN));
    }
}
