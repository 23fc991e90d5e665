package io.corral.rules.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.placement.DefaultRules;
import io.corral.runtime.placement.PlacedThread;
import io.corral.runtime.placement.Placement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xnio.XnioIoThread;

/** The default rules, compiled as in the agent, and as a rules file of a user. */
class DefaultRulesTest {

    /** A thread's name, and the name of its container. */
    record Named(String thread, String container) {}

    @BeforeEach
    void install() {
        DefaultRules.install(DefaultRulesCompiler.compile(DefaultRulesCompiler.source()));
    }

    @AfterEach
    void uninstall() {
        DefaultRules.install("");
    }

    static List<Named> names() throws IOException {
        List<Named> names = new ArrayList<>();
        byte[] table = Objects.requireNonNull(
                        DefaultRulesTest.class.getResourceAsStream("/thread-names.txt"))
                .readAllBytes();
        for (String line : new String(table, StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isEmpty() && !line.startsWith("# ")) {
                String[] parts = line.split(" => ", -1);
                names.add(new Named(parts[0].strip(), parts[1].strip()));
            }
        }
        return names;
    }

    @Test
    void tableHasSixtyNames() throws IOException {
        assertThat(names()).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void compiledRulesGiveTheName(Named name) {
        Thread thread = new Thread(name.thread);
        String path = pathOf(new PlacedThread(thread, false, Membership.ROOT, false)
                .decision()
                .membership());
        assertThat(path).isEqualTo("/threads/" + name.container);
    }

    @ParameterizedTest
    @MethodSource("names")
    void copiedFilePlacesTheSameWay(Named name) {
        RuleSet copied =
                RulesParser.parse("copied.rules", DefaultRulesCompiler.source()).rules();
        Thread thread = new Thread(name.thread);
        PlacedThread byDefault = new PlacedThread(thread, false, Membership.ROOT, false);
        assertThat(pathOf(copied.place(byDefault, null).membership()))
                .isEqualTo("/threads/" + name.container);
        assertThat(copied.place(byDefault, null).rule()).startsWith("copied.rules:");
        assertThat(copied.place(byDefault, null).membership())
                .isSameAs(byDefault.decision().membership());
    }

    @Test
    void copiedFileThatLeadsElsewhereMakesChosenPlaces() {
        String source = DefaultRulesCompiler.source().replace("/threads/{name}", "/mine/{name}");
        RuleSet copied = RulesParser.parse("copied.rules", source).rules();
        Membership there = copied.place(
                        new PlacedThread(new Thread("acceptor-1"), false, Membership.ROOT, false),
                        null)
                .membership();
        ContainerNode container = there.container(Trees.MAIN);
        assertThat(container.path()).isEqualTo("/mine/acceptor");
        assertThat(container.isChosen()).isTrue();
        assertThat(there.handsOver()).isFalse();
        // A thread that is started from there is placed once more.
        Membership child = copied.place(
                        new PlacedThread(new Thread("child-1"), false, there, false), null)
                .membership();
        assertThat(pathOf(child)).isEqualTo("/mine/child");
    }

    @Test
    void workerIsInItsPoolInMainAndInNoOtherHierarchy() {
        ForkJoinPool pool = new ForkJoinPool(1);
        Thread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        worker.setName("defaults-worker-1");
        ContainerNode tenant = Trees.hierarchy("default-rules").root().at("acme");
        Membership parent =
                Membership.ROOT.moveTo(Trees.MAIN.root().at("users")).moveTo(tenant);
        Membership placed =
                new PlacedThread(worker, false, parent, false).decision().membership();
        assertThat(pathOf(placed)).isEqualTo("/pools/defaults-worker");
        assertThat(placed.container(tenant.hierarchy()).path()).isEqualTo("/");
        Membership other = new PlacedThread(new Thread("x"), false, parent, false)
                .decision()
                .membership();
        assertThat(other).isSameAs(parent);
        pool.shutdown();
    }

    @Test
    void threadThatInheritsAServersClassIsInAPool() {
        Thread thread = new XnioIoThread() {};
        thread.setName("XNIO-1 I/O-2");
        Membership users = Membership.ROOT.moveTo(Trees.MAIN.root().at("users"));
        assertThat(pathOf(
                        new PlacedThread(thread, false, users, false).decision().membership()))
                .isEqualTo("/pools/XNIO-1 I_O");
    }

    @Test
    void decisionNamesTheLineAndTheTextOfTheRule() {
        String rule = new PlacedThread(new Thread("x-1"), false, Membership.ROOT, false)
                .decision()
                .rule();
        assertThat(rule).startsWith("default.rules:");
        String[] parts = rule.split(": ", 2);
        int line = Integer.parseInt(parts[0].substring(parts[0].indexOf(':') + 1));
        assertThat(parts[1]).isEqualTo("starter chosen -> chosen /threads/{name}");
        assertThat(DefaultRulesCompiler.source().split("\n", -1)[line - 1])
                .matches("starter chosen +-> chosen /threads/\\{name}");
    }

    /** As the file has them, but for spaces. */
    @Test
    void eachDecisionHasTheTextOfItsRule() {
        RuleSet copied = RulesParser.parse(DefaultRules.FILE, DefaultRulesCompiler.source())
                .rules();
        for (String name : List.of("Timer-0", "x-1", "")) {
            for (boolean isVirtual : new boolean[] {true, false}) {
                PlacedThread thread =
                        new PlacedThread(new Thread(name), isVirtual, Membership.ROOT, false);
                assertThat(thread.decision().rule())
                        .isEqualTo(copied.place(thread, null).rule().replaceAll(" +", " "));
            }
        }
    }

    /** The compiled rule and a copy of it give the same places. */
    @Test
    void namedVirtualThreadGetsAPlaceOfItsNameBelowVirtual() {
        RuleSet copied =
                RulesParser.parse("copied.rules", DefaultRulesCompiler.source()).rules();
        Membership loop =
                Membership.ROOT.moveTo(Trees.MAIN.root().chosenChild("pools").chosenChild("loop"));
        String[][] names = {
            {"", "/pools/loop/virtual"},
            {"handler-17", "/pools/loop/virtual/handler"},
            {"handler-18", "/pools/loop/virtual/handler"},
            {"virtual", "/pools/loop/virtual/virtual_"}
        };
        for (String[] name : names) {
            PlacedThread thread = new PlacedThread(new Thread(name[0]), true, loop, false);
            Membership place = thread.decision().membership();
            assertThat(pathOf(place)).isEqualTo(name[1]);
            assertThat(copied.place(thread, null).membership()).isSameAs(place);
            PlacedThread child = new PlacedThread(new Thread(""), true, place, false);
            assertThat(child.decision().membership()).isSameAs(place);
            assertThat(copied.place(child, null).membership()).isSameAs(place);
        }
    }

    @Test
    void virtualThreadsOfFurtherNamesStayInVirtual() {
        RuleSet copied =
                RulesParser.parse("copied.rules", DefaultRulesCompiler.source()).rules();
        Membership many =
                Membership.ROOT.moveTo(Trees.MAIN.root().chosenChild("pools").chosenChild("many"));
        for (int i = 0; i < 70; i++) {
            PlacedThread thread =
                    new PlacedThread(new Thread("of " + i + " jobs"), true, many, false);
            String expected = "/pools/many/virtual" + (i < 64 ? "/of " + i + " jobs" : "");
            assertThat(pathOf(thread.decision().membership())).isEqualTo(expected);
            assertThat(pathOf(copied.place(thread, null).membership())).isEqualTo(expected);
        }
    }

    @Test
    void userMayAddARuleForNames() {
        RuleSet rules = RulesParser.parse("f", """
                        name job-*-of-* -> job-{2}
                        thread * -> /named/{name}
                        """).rules();
        Placement.rules(rules);
        try {
            PlacedThread place = new PlacedThread(
                    new Thread("job-a17-of-import-3"), false, Membership.ROOT, false);
            assertThat(pathOf(place.decision().membership())).isEqualTo("/threads/job-import");
            assertThat(pathOf(rules.place(place, null).membership()))
                    .isEqualTo("/named/job-import");
        } finally {
            Placement.rules(null);
        }
    }

    @Test
    void ruleThatTheRuntimeCannotReadIsRefused() {
        for (String rule : List.of(
                "thread /a+/ -> chosen /threads/{name}",
                "thread a -> /threads/{name}",
                "thread a -> chosen /threads/{thread}",
                "handover x -> off",
                "foo -> /x")) {
            assertThatThrownBy(() -> DefaultRulesCompiler.compile(rule))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String pathOf(Membership place) {
        return place.container(Trees.MAIN).path();
    }
}
