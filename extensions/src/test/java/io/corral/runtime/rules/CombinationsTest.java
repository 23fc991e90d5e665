package io.corral.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Combinations;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Places;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.DefaultPlace;
import io.corral.runtime.placement.DefaultRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cap on combinations of containers that rules make, whose names may come from a client. */
class CombinationsTest {

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    private static final String RULES = """
            enter a.B#c -> hierarchy combined-tenant /tenants/{0}
            enter a.B#c -> hierarchy combined-endpoint /{1}/of/{1}
            """;

    private static final String WARNING =
            ": there are too many combinations of containers in several hierarchies;"
                    + " further combinations use ";

    private static final String INSTEAD = " instead (logged once)";

    private static final HierarchyTree TENANT = Trees.hierarchy("combined-tenant");
    private static final HierarchyTree ENDPOINT = Trees.hierarchy("combined-endpoint");

    private final int before = Combinations.count();

    @BeforeEach
    void capAtFour() {
        Combinations.cap(before + 4);
    }

    @AfterEach
    void restoreCap() {
        for (HierarchyTree hierarchy : List.of(TENANT, ENDPOINT)) {
            hierarchy.root().api().children().forEach(CombinationsTest::remove);
        }
        Combinations.cap(Combinations.CAP);
        assertThat(Combinations.count()).isEqualTo(before);
    }

    private static void remove(Container container) {
        container.children().forEach(CombinationsTest::remove);
        container.remove();
    }

    @Test
    void newCombinationGoesToOtherOnceTheCapIsReached() {
        Requests requests = new Requests(RULES);
        List<String> logged = LoggedLines.during(() -> {
            fill(requests);
            assertThat(requests.places("a", "z")).isEqualTo("/tenants/other /other/of/other");
            assertThat(requests.places("new", "x")).isEqualTo("/tenants/other /other/of/other");
            // Existing combinations are still entered.
            fill(requests);
        });
        assertThat(logged)
                .containsExactly(
                        "f:1" + WARNING + "combined-tenant:/tenants/other" + INSTEAD,
                        "f:2" + WARNING + "combined-endpoint:/other/of/other" + INSTEAD);
    }

    /** One method calls the other, as a web application's filter calls its controller. */
    @Test
    void nestedExecutionIsPlacedLikeAnOuterOne() {
        Requests requests = new Requests(RULES);
        fill(requests);
        LoggedLines.during(() -> {
            Membership inAx = requests.place(Trees.ROOT, "a", "x");
            assertThat(requests.places(inAx, "b", "y")).isEqualTo("/tenants/b /y/of/y");
            assertThat(requests.places(inAx, "new", "y"))
                    .isEqualTo("/tenants/other /other/of/other");
        });
    }

    /**
     * Threads may be in as many combinations with {@code other} as the cap times the number of
     * fixed paths.
     */
    @Test
    void executionInACombinationStaysThereOnceTheCapIsReached() {
        Requests requests = new Requests(RULES);
        Requests fixed = new Requests("enter a.B#c -> hierarchy combined-third /fixed");
        List<String> logged = LoggedLines.during(() -> {
            fill(requests);
            Membership in = requests.place(Trees.ROOT, "a", "x");
            int count = Combinations.count();
            assertThat(fixed.destination(in, "", "")).isNull();
            assertThat(Combinations.count()).isEqualTo(count);
        });
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0)).contains("further threads and requests stay where they are");
    }

    @Test
    void requestsUseOtherOnceTheCapIsReached() {
        Requests requests = new Requests(RULES);
        LoggedLines.during(() -> {
            fill(requests);
            requests.places("new", "new");
            int count = Combinations.count();
            for (int i = 0; i < 20; i++) {
                requests.places("new" + i, "new" + i);
            }
            assertThat(Combinations.count()).isEqualTo(count);
        });
    }

    /** The cap applies to containers that rules choose. */
    @Test
    void taskKeepsItsSubmittersContainersAlsoBeyondTheCap() {
        Membership submitter =
                Places.of(TENANT.root().at("s"), ENDPOINT.root().at("s")).from(Trees.ROOT);
        Combinations.cap(1);
        ContainerNode pool = Trees.MAIN.root().at("combined-pools/worker");
        assertThat(submitter.from(Trees.ROOT.moveTo(pool))).isSameAs(submitter.moveTo(pool));
        remove(Trees.MAIN.root().at("combined-pools").api());
    }

    private static void fill(Requests requests) {
        assertThat(requests.places("a", "x")).isEqualTo("/tenants/a /x/of/x");
        assertThat(requests.places("a", "y")).isEqualTo("/tenants/a /y/of/y");
        assertThat(requests.places("b", "x")).isEqualTo("/tenants/b /x/of/x");
        assertThat(requests.places("b", "y")).isEqualTo("/tenants/b /y/of/y");
    }

    @Test
    void moveBetweenPairsMakesOnlyTheNewCombination() {
        Membership one =
                Places.of(TENANT.root().at("a"), ENDPOINT.root().at("x")).from(Trees.ROOT);
        int count = Combinations.count();
        ContainerNode b = TENANT.root().at("b");
        ContainerNode y = ENDPOINT.root().at("y");
        Membership other = Places.of(b, y).from(one);
        assertThat(named(other)).isEqualTo("/b /y");
        assertThat(Combinations.count()).isEqualTo(count + 1);
        assertThat(Places.of(b, y).from(other)).isSameAs(other);
    }

    /**
     * A removed container's usage moves to its parent: here the root, which makes no combination.
     */
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
        List<String> logged = LoggedLines.during(
                () -> assertThat(requests.places("c", "z")).isEqualTo("/other /other"));
        assertThat(logged).hasSize(2);
    }

    @Test
    void codeIsNeverRedirected() {
        List<String> logged = LoggedLines.during(() -> {
            for (int i = 0; i < 20; i++) {
                ContainerNode tenant = TENANT.root().at("by-code-" + i);
                ContainerNode endpoint = ENDPOINT.root().at("by-code-" + i);
                Membership both = Places.of(tenant, endpoint).from(Trees.ROOT);
                assertThat(both.container(TENANT)).isSameAs(tenant);
                assertThat(both.container(ENDPOINT)).isSameAs(endpoint);
            }
        });
        assertThat(logged).isEmpty();
    }

    private static Membership place(
            RuleSet rules, Thread thread, Membership from, @Nullable ContainerNode target) {
        return rules.place(new DefaultPlace(thread, false, from, true), target).membership();
    }

    @Test
    void fixedPathIsEnteredTogetherWithOther() {
        Requests requests = new Requests("""
                enter a.B#c -> hierarchy combined-tenant /tenants/{0}
                enter a.B#c -> hierarchy combined-endpoint /all
                """);
        Combinations.cap(Combinations.count());
        LoggedLines.during(
                () -> assertThat(requests.places("a", "")).isEqualTo("/tenants/other /all"));
    }

    @Test
    void threadsThatRulesPlaceInSeveralHierarchiesGoToOtherAsWell() {
        RuleSet rules = RulesParser.parse("f", """
                        thread /combined-(.*)-(.*)/ -> hierarchy combined-tenant /{1}
                        thread /combined-(.*)-(.*)/ -> hierarchy combined-endpoint /{2}
                        """).rules();
        List<String> places = new ArrayList<>();
        List<String> logged = LoggedLines.during(() -> {
            for (int i = 0; i < 6; i++) {
                Thread thread = new Thread("combined-" + i + "-" + i);
                places.add(named(place(rules, thread, Trees.ROOT, null)));
            }
        });
        assertThat(places)
                .containsExactly(
                        "/0 /0", "/1 /1", "/2 /2", "/3 /3", "/other /other", "/other /other");
        assertThat(logged).hasSize(2);
    }

    /** The moves between pairs could make as many combinations as the product of the containers. */
    @Test
    void threadsAndTasksThatMoveBetweenPairsMakeNoIntermediateCombination() {
        RuleSet rules = RulesParser.parse("f", """
                        thread /pair-(.*)/ -> hierarchy combined-tenant /{1}
                        thread /pair-(.*)/ -> hierarchy combined-endpoint /{1}
                        """).rules();
        Combinations.cap(Combinations.CAP);
        List<Membership> pairs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pairs.add(Places.of(TENANT.root().at("" + i), ENDPOINT.root().at("" + i))
                    .from(Trees.ROOT));
        }
        int count = Combinations.count();
        for (int i = 0; i < 5; i++) {
            for (Membership from : pairs) {
                Thread thread = new Thread("pair-" + i);
                assertThat(place(rules, thread, from, null)).isSameAs(pairs.get(i));
                assertThat(pairs.get(i).from(from)).isSameAs(pairs.get(i));
            }
        }
        assertThat(Combinations.count()).isEqualTo(count);
    }

    @Test
    void moveBetweenContainersMakesNoIntermediateCombination() {
        ContainerNode a = TENANT.root().at("a");
        ContainerNode b = TENANT.root().at("b");
        ContainerNode e = ENDPOINT.root().at("e");
        Membership inA = Trees.ROOT.moveTo(a);
        int count = Combinations.count();
        assertThat(named(new Places(new ContainerNode[] {e, b}).from(inA))).isEqualTo("/b /e");
        assertThat(named(new Places(new ContainerNode[] {e, TENANT.root()}).from(inA)))
                .isEqualTo("/ /e");
        assertThat(Combinations.count()).isEqualTo(count + 1);
        RuleSet rules = RulesParser.parse("f", "thread t -> hierarchy combined-tenant /b")
                .rules();
        assertThat(named(place(rules, new Thread("t"), inA, e))).isEqualTo("/b /e");
        assertThat(Combinations.count()).isEqualTo(count + 1);
    }

    @Test
    void directStartKeepsItsContainerAndRulesReplaceOnlyTheirOwn() {
        RuleSet rules = RulesParser.parse("f", "thread * -> hierarchy combined-tenant /{thread}")
                .rules();
        ContainerNode target = ENDPOINT.root().at("target");
        Membership known = Trees.ROOT.moveTo(target).moveTo(TENANT.root().at("known"));
        Combinations.cap(0);
        int count = Combinations.count();
        LoggedLines.during(() -> {
            Thread thread = new Thread("known");
            assertThat(place(rules, thread, Trees.ROOT, target)).isSameAs(known);
            Membership elsewhere = Trees.ROOT.moveTo(TENANT.root().at("elsewhere"));
            Membership started = place(rules, new Thread("new"), elsewhere, target);
            assertThat(started.container(ENDPOINT)).isSameAs(target);
        });
        assertThat(Combinations.count()).isLessThanOrEqualTo(count + 1);
    }

    @Test
    void threadInARemovedContainerCanStartAnother() {
        RuleSet rules = RulesParser.parse("f", "enter a.B#c -> /d").rules();
        ContainerNode tenant = TENANT.root().at("gone");
        ContainerNode endpoint = ENDPOINT.root().at("stays");
        Membership place = Places.of(tenant, endpoint).from(Trees.ROOT);
        tenant.remove();
        Combinations.cap(0);
        assertThat(place(rules, new Thread("t"), place, null)).isSameAs(place);
        Requests requests = new Requests("enter a.B#c -> hierarchy combined-endpoint /{0}");
        assertThat(requests.place(place, "stays", "").container(ENDPOINT)).isSameAs(endpoint);
    }

    @Test
    void inheritedPlacesAreNotLimited() {
        RuleSet rules = RulesParser.parse("f", """
                        thread pooled -> hierarchy combined-tenant inherit
                        thread pooled -> hierarchy combined-endpoint inherit
                        """).rules();
        Membership parent =
                Places.of(TENANT.root().at("p"), ENDPOINT.root().at("p")).from(Trees.ROOT);
        DefaultRules.install(DefaultRulesCompiler.compile(DefaultRulesCompiler.source()));
        ForkJoinPool pool = new ForkJoinPool(1);
        Thread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        worker.setName("pooled");
        DefaultPlace byDefault = new DefaultPlace(worker, false, parent, false);
        Combinations.cap(0);
        int count = Combinations.count();
        List<String> logged =
                LoggedLines.during(() -> assertThat(rules.place(byDefault, /* target= */ null))
                        .isSameAs(byDefault.decision()));
        assertThat(logged).hasSize(2);
        assertThat(Combinations.count()).isEqualTo(count);
        pool.shutdown();
        DefaultRules.install("");
        byDefault.decision().membership().container(Trees.MAIN).remove();
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
            return named(place(from, tenant, endpoint));
        }

        Membership place(Membership from, String tenant, String endpoint) {
            return Objects.requireNonNull(destination(from, tenant, endpoint)).from(from);
        }

        /** The destination that the hook gets. */
        @Nullable Destination destination(Membership from, String tenant, String endpoint) {
            return rules.destination(
                    site,
                    null,
                    new Object[] {tenant, endpoint},
                    null,
                    Combinations.isCapReached() ? from : null);
        }
    }
}
