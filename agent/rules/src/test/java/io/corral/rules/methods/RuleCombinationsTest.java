package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.rules.file.RuleSet;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Combinations;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Places;
import io.corral.runtime.membership.Removal;
import io.corral.runtime.placement.PlacedThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which combinations of containers rules make. */
class RuleCombinationsTest {

    private static final HierarchyTree TENANT = Trees.hierarchy("combined-tenant");
    private static final HierarchyTree ENDPOINT = Trees.hierarchy("combined-endpoint");

    private final int before = Combinations.kept();

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @AfterEach
    void removeAll() {
        Combinations.bound(Combinations.BOUND);
        for (HierarchyTree hierarchy : List.of(TENANT, ENDPOINT)) {
            hierarchy.root().api().children().forEach(RuleCombinationsTest::remove);
        }
        assertThat(Combinations.kept()).isEqualTo(before);
    }

    private static void remove(Container container) {
        container.children().forEach(RuleCombinationsTest::remove);
        container.remove();
    }

    /** One method calls the other, as a web application's filter calls its controller. */
    @Test
    void nestedExecutionIsPlacedLikeAnOuterOneAboveTheBound() {
        Requests requests = new Requests("""
                enter a.B#c -> hierarchy combined-tenant /tenants/{0}
                enter a.B#c -> hierarchy combined-endpoint /{1}/of/{1}
                """);
        Combinations.bound(before + 1);
        Membership inAx = requests.place(Membership.ROOT, "a", "x");
        assertThat(named(inAx)).isEqualTo("/tenants/a /x/of/x");
        assertThat(named(requests.place(inAx, "b", "y"))).isEqualTo("/tenants/b /y/of/y");
        assertThat(requests.place(inAx, "a", "x")).isSameAs(inAx);
        assertThat(Combinations.kept()).isEqualTo(before + 1);
    }

    @Test
    void moveBetweenPairsMakesOnlyTheNewCombination() {
        Membership one =
                Places.of(TENANT.root().at("a"), ENDPOINT.root().at("x")).from(Membership.ROOT);
        ContainerNode b = TENANT.root().at("b");
        ContainerNode y = ENDPOINT.root().at("y");
        Membership other = Places.of(b, y).from(one);
        assertThat(named(other)).isEqualTo("/b /y");
        assertThat(Combinations.kept()).isEqualTo(before + 2);
        assertThat(Places.of(b, y).from(other)).isSameAs(other);
    }

    /** The moves between pairs could make as many combinations as the product of the containers. */
    @Test
    void threadsAndTasksThatMoveBetweenPairsMakeNoIntermediateCombination() {
        RuleSet rules = RulesParser.parse("f", """
                        thread /pair-(.*)/ -> hierarchy combined-tenant /{1}
                        thread /pair-(.*)/ -> hierarchy combined-endpoint /{1}
                        """).rules();
        List<Membership> pairs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pairs.add(Places.of(TENANT.root().at("" + i), ENDPOINT.root().at("" + i))
                    .from(Membership.ROOT));
        }
        for (int i = 0; i < 5; i++) {
            for (Membership from : pairs) {
                assertThat(place(rules, new Thread("pair-" + i), from)).isSameAs(pairs.get(i));
                assertThat(pairs.get(i).from(from)).isSameAs(pairs.get(i));
            }
        }
        assertThat(Combinations.kept()).isEqualTo(before + pairs.size());
    }

    @Test
    void moveBetweenContainersMakesNoIntermediateCombination() {
        ContainerNode a = TENANT.root().at("a");
        ContainerNode b = TENANT.root().at("b");
        ContainerNode e = ENDPOINT.root().at("e");
        Membership inA = Membership.ROOT.moveTo(a);
        assertThat(named(new Places(new ContainerNode[] {e, b}).from(inA))).isEqualTo("/b /e");
        assertThat(named(new Places(new ContainerNode[] {e, TENANT.root()}).from(inA)))
                .isEqualTo("/ /e");
        RuleSet rules = RulesParser.parse("f", "thread t -> hierarchy combined-tenant /b")
                .rules();
        Membership started = rules.place(new PlacedThread(new Thread("t"), false, inA, true), e)
                .membership();
        assertThat(named(started)).isEqualTo("/b /e");
        assertThat(Combinations.kept()).isEqualTo(before + 1);
    }

    @Test
    void threadInARemovedContainerCanStartAnother() {
        RuleSet rules = RulesParser.parse("f", "enter a.B#c -> /d").rules();
        ContainerNode tenant = TENANT.root().at("gone");
        ContainerNode endpoint = ENDPOINT.root().at("stays");
        Membership place = Places.of(tenant, endpoint).from(Membership.ROOT);
        Removal.remove(tenant);
        assertThat(place(rules, new Thread("t"), place)).isSameAs(place);
        Requests requests = new Requests("enter a.B#c -> hierarchy combined-endpoint /{0}");
        assertThat(requests.place(place, "stays", "").container(ENDPOINT)).isSameAs(endpoint);
    }

    private static Membership place(RuleSet rules, Thread thread, Membership from) {
        return rules.place(new PlacedThread(thread, false, from, true), /* target= */ null)
                .membership();
    }

    private static String named(Membership place) {
        return place.container(TENANT).path() + " " + place.container(ENDPOINT).path();
    }

    /** Executions of one method with two arguments. */
    private static final class Requests {

        private static final List<String> TYPES = List.of("java.lang.String", "java.lang.String");

        private final EntryRuleSet rules = new EntryRuleSet();
        private final int site;

        Requests(String file) {
            rules.replace(RulesParser.parse("f", file).rules().entries());
            site = rules.site("a.B", List.of(), "c", TYPES);
        }

        Membership place(Membership from, String tenant, String endpoint) {
            Object[] arguments = {tenant, endpoint};
            return from.enter(Objects.requireNonNull(
                    rules.destination(site, Object.class, null, arguments, null)));
        }
    }
}
