package io.corral.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.membership.Combinations;
import io.corral.runtime.membership.ContainerNode;
import io.corral.runtime.membership.HierarchyTree;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.membership.Places;
import io.corral.runtime.membership.Trees;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many combinations of containers rules make, whose names a client may choose. */
class CombinationsTest {

    private static final String RULES = """
            enter a.B#c -> hierarchy combined-tenant /tenants/{0}
            enter a.B#c -> hierarchy combined-endpoint /{1}/of/{1}
            """;

    private static final HierarchyTree TENANT = Trees.hierarchy("combined-tenant");
    private static final HierarchyTree ENDPOINT = Trees.hierarchy("combined-endpoint");

    @BeforeEach
    void thereIsRoomForFour() {
        Combinations.mostIs(Combinations.count() + 4);
    }

    @AfterEach
    void thereIsRoomAgain() {
        for (HierarchyTree hierarchy : List.of(TENANT, ENDPOINT)) {
            hierarchy.root().children().forEach(CombinationsTest::remove);
        }
        Combinations.mostIs(Combinations.MOST);
    }

    private static void remove(io.corral.Container container) {
        container.children().forEach(CombinationsTest::remove);
        container.remove();
    }

    @Test
    void furtherOnesAreWithOtherAndTheFirstContainerIsStillRight() {
        Requests requests = new Requests(RULES);
        List<String> said = Said.during(() -> {
            fill(requests);
            assertThat(requests.places("a", "z")).isEqualTo("/tenants/a /other/of/other");
            assertThat(requests.places("new", "x")).isEqualTo("/tenants/new /other/of/other");
            assertThat(requests.places("new", "z")).isEqualTo("/tenants/new /other/of/other");
            // What was there before still is.
            fill(requests);
        });
        assertThat(said)
                .containsExactly("f:2: there are 100000 combinations of containers in several"
                        + " hierarchies, and rules make no more; further ones are with"
                        + " combined-endpoint:/other/of/other (said once)");
    }

    private static void fill(Requests requests) {
        assertThat(requests.places("a", "x")).isEqualTo("/tenants/a /x/of/x");
        assertThat(requests.places("a", "y")).isEqualTo("/tenants/a /y/of/y");
        assertThat(requests.places("b", "x")).isEqualTo("/tenants/b /x/of/x");
        assertThat(requests.places("b", "y")).isEqualTo("/tenants/b /y/of/y");
    }

    @Test
    void oneThatIsEnteredFirstCombinesWithWhatIsEnteredWithinIt() {
        Requests requests = new Requests(RULES);
        fill(requests);
        Requests inner = new Requests("enter a.B#c -> hierarchy combined-tenant /{0}");
        Membership place = Trees.ROOT.moveTo(ENDPOINT.root().at("q"));
        List<String> said = Said.during(() -> {
            assertThat(inner.places(place, "a", "")).isEqualTo("/other /q");
            assertThat(inner.places(Trees.ROOT, "a", "")).isEqualTo("/a /");
        });
        assertThat(said).hasSize(1);
    }

    /** What a removed one has used counts in its parent: here it is the root, which makes no combination. */
    @Test
    void removedContainerMakesRoom() {
        Requests requests = new Requests("""
                enter a.B#c -> hierarchy combined-tenant /{0}
                enter a.B#c -> hierarchy combined-endpoint /{1}
                """);
        for (String tenant : List.of("a", "b")) {
            assertThat(requests.places(tenant, "x")).isEqualTo("/" + tenant + " /x");
            assertThat(requests.places(tenant, "y")).isEqualTo("/" + tenant + " /y");
        }
        TENANT.root().at("a").remove();
        assertThat(requests.places("c", "x")).isEqualTo("/c /x");
        assertThat(requests.places("c", "y")).isEqualTo("/c /y");
        List<String> said =
                Said.during(() -> assertThat(requests.places("c", "z")).isEqualTo("/c /other"));
        assertThat(said).hasSize(1);
    }

    @Test
    void pathThatIsTheSameForAllAndCodeAlwaysHaveRoom() {
        Requests requests = new Requests("""
                enter a.B#c -> hierarchy combined-tenant /tenants/{0}
                enter a.B#c -> hierarchy combined-endpoint /all
                """);
        List<String> said = Said.during(() -> {
            for (int i = 0; i < 8; i++) {
                assertThat(requests.places("t" + i, "")).isEqualTo("/tenants/t" + i + " /all");
                ContainerNode tenant = TENANT.root().at("by-code-" + i);
                ContainerNode endpoint = ENDPOINT.root().at("by-code-" + i);
                Membership both = Places.of(tenant, endpoint).from(Trees.ROOT);
                assertThat(both.container(TENANT)).isSameAs(tenant);
                assertThat(both.container(ENDPOINT)).isSameAs(endpoint);
            }
        });
        assertThat(said).isEmpty();
    }

    @Test
    void threadsThatRulesPlaceInSeveralHierarchiesGoToOtherAsWell() {
        RuleSet rules = RulesParser.parse("f", """
                        thread /combined-(.*)-(.*)/ -> hierarchy combined-tenant /{1}
                        thread /combined-(.*)-(.*)/ -> hierarchy combined-endpoint /{2}
                        """).rules();
        List<String> places = new ArrayList<>();
        List<String> said = Said.during(() -> {
            for (int i = 0; i < 6; i++) {
                Thread thread = new Thread("combined-" + i + "-" + i);
                places.add(named(
                        rules.place(thread, false, Trees.ROOT, Trees.ROOT, /* except= */ null)));
            }
        });
        assertThat(places)
                .containsExactly("/0 /0", "/1 /1", "/2 /2", "/3 /3", "/4 /other", "/5 /other");
        assertThat(said).hasSize(1);
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

        String places(String tenant, String endpoint) {
            return places(Trees.ROOT, tenant, endpoint);
        }

        String places(Membership from, String tenant, String endpoint) {
            return named(rules.destination(site, null, new Object[] {tenant, endpoint}, null)
                    .from(from));
        }
    }
}
