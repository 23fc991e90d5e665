package io.corral.it.harness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** Makes tests of the scenarios of a class: one JVM for each JDK, one test for each outcome in it. */
public final class Scenarios {

    private Scenarios() {}

    /** What the agent is told of its clocks. */
    public static final List<String> CLOCKS = List.of("clock=exact", "clock=adaptive");

    public static Stream<DynamicNode> onEachJdk(Class<?> scenarios, String... flags) {
        return Jdk.all().stream().map(jdk -> on(jdk, "", scenarios, flags));
    }

    /** As {@link #onEachJdk}, where one JVM does not mind the others: several at a time. */
    public static Stream<DynamicNode> onEachJdkAtOnce(Class<?> scenarios, String... flags) {
        return Jdk.all().parallelStream()
                .map(jdk -> on(jdk, "", scenarios, flags))
                .toList()
                .stream();
    }

    public static Stream<DynamicNode> onEachJdkUnderEachClock(Class<?> scenarios, String... flags) {
        return underEachClock(Jdk.all().stream(), scenarios, flags);
    }

    public static Stream<DynamicNode> withVirtualThreads(Class<?> scenarios, String... flags) {
        return Jdk.withVirtualThreads().map(jdk -> on(jdk, "", scenarios, flags));
    }

    public static Stream<DynamicNode> withVirtualThreadsUnderEachClock(
            Class<?> scenarios, String... flags) {
        return underEachClock(Jdk.withVirtualThreads(), scenarios, flags);
    }

    private static Stream<DynamicNode> underEachClock(
            Stream<Jdk> jdks, Class<?> scenarios, String... flags) {
        return jdks.flatMap(jdk -> CLOCKS.stream().map(clock -> on(jdk, clock, scenarios, flags)));
    }

    private static DynamicNode on(
            Jdk jdk, String agentArguments, Class<?> scenarios, String... flags) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .agentArguments(agentArguments)
                .flags(flags)
                .runMain(ScenarioHost.class, scenarios.getName());
        List<DynamicNode> tests = new ArrayList<>();
        outcome.out().lines().forEach(line -> {
            if (line.startsWith(ScenarioHost.OK)) {
                tests.add(DynamicTest.dynamicTest(
                        line.substring(ScenarioHost.OK.length()), () -> {}));
            } else if (line.startsWith(ScenarioHost.FAILED)) {
                tests.add(failed(line.substring(ScenarioHost.FAILED.length())));
            }
        });
        tests.add(DynamicTest.dynamicTest("runs to its end, and the agent says nothing", () -> {
            if (!outcome.out().contains(ScenarioHost.END)) {
                throw new AssertionError(
                        "exit code " + outcome.exitCode() + "\n" + outcome.out() + outcome.err());
            }
            List<String> said = outcome.errLines().stream()
                    .filter(line -> line.startsWith("corral:"))
                    .toList();
            if (!said.isEmpty()) {
                throw new AssertionError(said);
            }
        }));
        return DynamicContainer.dynamicContainer(jdk + " " + agentArguments, tests);
    }

    private static DynamicTest failed(String nameAndTrace) {
        int space = nameAndTrace.lastIndexOf(' ');
        byte[] trace = Base64.getDecoder().decode(nameAndTrace.substring(space + 1));
        return DynamicTest.dynamicTest(nameAndTrace.substring(0, space), () -> {
            throw new AssertionError(new String(trace, StandardCharsets.UTF_8));
        });
    }
}
