package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.field.agents.SubmissionsProgram;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Corral beside another agent: each task is charged to its submitter, rules enter their containers,
 * and the other agent keeps its context. {@code -Dfield.agents=ttl,elastic} runs some agents,
 * {@code -Dfield.orders=first} one order, and {@code -Dfield.ways=fixed.*} some ways of giving a
 * task to another thread.
 */
class AgentsIT {

    /** When Corral is loaded, against the other agent. */
    enum Order {
        FIRST,
        SECOND,
        LATE
    }

    /**
     * A virtual thread's work is not measured but by Corral: its part in the ratio is estimated.
     */
    private static final Percentage TOLERANCE = Percentage.withPercentage(5);

    private static final String RULES = """
            enter io.corral.field.agents.RuleEntries#call -> /called/{0}
            enter http -> /asked/{header.X-Tenant}
            """;

    /** Ways in which the other agent loses its context without Corral. */
    private static final Map<List<Object>, Set<String>> LOST_WITHOUT_CORRAL = new HashMap<>();

    static Stream<Arguments> cases() {
        return Arrays.stream(OtherAgent.values())
                .filter(agent -> isWanted("field.agents", agent))
                .flatMap(agent -> Jdk.all().stream()
                        .filter(agent::supports)
                        .flatMap(jdk -> Arrays.stream(Order.values())
                                .filter(order -> isWanted("field.orders", order))
                                .map(order -> Arguments.of(agent, jdk, order))));
    }

    private static boolean isWanted(String property, Enum<?> each) {
        String wanted = System.getProperty(property, "");
        return wanted.isBlank()
                || Arrays.asList(wanted.split(",", -1))
                        .contains(each.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tasksKeepTheirSubmitterAndTheContextOfTheOtherAgent(OtherAgent agent, Jdk jdk, Order order)
            throws IOException {
        List<String> other = agent.flag();
        Set<String> lostAnyway = lostWithoutCorral(agent, jdk);
        Path rules = Files.createTempFile(ForkedJvm.temporaryFiles(), "entries-", ".conf");
        String options = "rules=" + Files.writeString(rules, RULES);
        String corral = "-javaagent:" + ForkedJvm.agentJar() + "=" + options;
        ForkedJvm.Outcome outcome = switch (order) {
            case FIRST -> run(agent, jdk, joined(List.of(corral), other), "loaded");
            case SECOND -> run(agent, jdk, joined(other, List.of(corral)), "loaded");
            case LATE -> run(agent, jdk, other, ForkedJvm.agentJar(), options);
        };
        System.out.printf(
                "%s %s %s: %s ways, 1 : %s (clocks 1 : %s), submission %s, lost %s, context"
                        + " lost %s%n",
                agent,
                jdk.feature(),
                order,
                outcome.value("ways"),
                outcome.value("cpuRatio"),
                outcome.value("workRatio"),
                outcome.value("submission"),
                lost(outcome),
                withoutContext(outcome));
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(lost(outcome)).isEmpty();
        assertThat(withoutContext(outcome)).isSubsetOf(lostAnyway);
        assertThat(lostAnyway.size()).isLessThan(Integer.parseInt(outcome.value("ways")));
        assertThat(Double.parseDouble(outcome.value("cpuRatio")))
                .isCloseTo(Double.parseDouble(outcome.value("workRatio")), TOLERANCE);
        for (String tenant : List.of("a", "b", "idle")) {
            String[] counts = outcome.value(tenant).split("\\D+");
            assertThat(counts[0]).as("forks and exits of " + tenant).isEqualTo(counts[1]);
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static Set<String> lostWithoutCorral(OtherAgent agent, Jdk jdk) {
        if (agent.context().equals("none")) {
            return Set.of();
        }
        return LOST_WITHOUT_CORRAL.computeIfAbsent(
                List.of(agent, jdk), key -> withoutContext(run(agent, jdk, agent.flag(), "bare")));
    }

    /** A timer's loop that runs already calls no hook: docs/hand-over.md says so. */
    private static List<String> lost(ForkedJvm.Outcome outcome) {
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith("lost: ")
                        && !line.startsWith("lost: before the attach: timer"))
                .toList();
    }

    /** The ways in which the other agent's context was lost, in pools made before an attach too. */
    private static Set<String> withoutContext(ForkedJvm.Outcome outcome) {
        return Arrays.stream(outcome.value("withoutContext").split("\\|", -1))
                .map(way -> way.replace("before the attach: ", ""))
                .filter(way -> !way.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ForkedJvm.Outcome run(
            OtherAgent agent, Jdk jdk, List<String> agents, String... corral) {
        String classes = Path.of("target", "classes").toAbsolutePath()
                + File.pathSeparator
                + CaseProject.named("ways").classPath()
                + File.pathSeparator
                + CaseProject.named(agent.caseName()).classPath();
        List<String> flags = new ArrayList<>(agents);
        flags.addAll(agent.flags());
        // A machine may have one processor, and a stream needs a second thread.
        flags.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
        flags.add("-Dfield.ways=" + System.getProperty("field.ways", ".*"));
        ForkedJvm jvm = ForkedJvm.on(jdk)
                .optimizing()
                .attachingItself()
                .flags(flags.toArray(new String[0]));
        List<String> command = new ArrayList<>(
                List.of("-cp", classes, SubmissionsProgram.class.getName(), agent.context()));
        command.addAll(List.of(corral));
        ForkedJvm.Outcome outcome = jvm.run(command.toArray(new String[0]));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }
}
