package io.corral.it.harness;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Makes tests of the scenarios of one or more classes: one test for each outcome. A forked JVM runs
 * the classes in the order given.
 */
public final class Scenarios {

    private static final String ADAPTIVE = "clock=adaptive";
    private static final String INHERIT = "placement=inherit";

    private final List<Class<?>> classes;
    private final List<String> flags = new ArrayList<>();
    private @Nullable Path behind;
    private boolean underEachClock;
    private boolean inherits;

    private Scenarios(List<Class<?>> classes) {
        this.classes = classes;
    }

    public static Scenarios of(Class<?>... classes) {
        return new Scenarios(List.of(classes));
    }

    public Scenarios flags(String... more) {
        flags.addAll(Arrays.asList(more));
        return this;
    }

    /** After another agent, and without options. */
    public Scenarios behind(Path agent) {
        behind = agent;
        return this;
    }

    /** Also under the adaptive clock, on the newest JDK: that clock is the same on each JDK. */
    public Scenarios underEachClock() {
        underEachClock = true;
        return this;
    }

    /**
     * With {@code placement=inherit}: a thread is born where its starter works, as in the kernel,
     * even if the starter is in the root.
     */
    public Scenarios inheriting() {
        inherits = true;
        return this;
    }

    public Stream<DynamicNode> onEachJdk() {
        return on(Jdk.all().stream());
    }

    public Stream<DynamicNode> withVirtualThreads() {
        return on(Jdk.withVirtualThreads());
    }

    public Stream<DynamicNode> onNewestJdk() {
        return on(Stream.of(Jdk.newest()));
    }

    private Stream<DynamicNode> on(Stream<Jdk> jdks) {
        List<Jdk> all = jdks.toList();
        Stream<DynamicNode> exact = all.stream().map(jdk -> on(jdk, ""));
        return underEachClock && all.contains(Jdk.newest())
                ? Stream.concat(exact, Stream.of(ADAPTIVE).map(clock -> on(Jdk.newest(), clock)))
                : exact;
    }

    private DynamicNode on(Jdk jdk, String clock) {
        String agentArguments =
                !inherits ? clock : clock.isEmpty() ? INHERIT : clock + "," + INHERIT;
        List<DynamicNode> nodes = new ArrayList<>();
        try (RunningJvm jvm = withAgents(jdk, agentArguments)
                .flags(flags.toArray(new String[0]))
                .startMain(ScenarioHost.class)) {
            for (Class<?> each : classes) {
                nodes.add(run(jvm, each));
            }
            jvm.closeInput();
            jvm.end();
        }
        return DynamicContainer.dynamicContainer(jdk + " " + agentArguments, nodes);
    }

    private ForkedJvm withAgents(Jdk jdk, String agentArguments) {
        ForkedJvm forked = ForkedJvm.on(jdk).optimizing();
        return behind == null
                ? forked.agentArguments(agentArguments)
                : forked.withoutAgent()
                        .flags("-javaagent:" + behind, "-javaagent:" + ForkedJvm.agentJar());
    }

    private static DynamicNode run(RunningJvm jvm, Class<?> scenarios) {
        List<DynamicNode> tests = new ArrayList<>();
        jvm.say(scenarios.getName());
        for (String line : jvm.until(ScenarioHost.END)) {
            if (line.startsWith(ScenarioHost.OK)) {
                tests.add(passed(line.substring(ScenarioHost.OK.length())));
            } else if (line.startsWith(ScenarioHost.FAILED)) {
                tests.add(failed(line.substring(ScenarioHost.FAILED.length())));
            }
        }
        List<String> messages = jvm.errUntil(ScenarioHost.END).stream()
                .filter(line -> line.startsWith("corral:"))
                .toList();
        tests.add(DynamicTest.dynamicTest("runs to its end, and the agent says nothing", () -> {
            if (!messages.isEmpty()) {
                throw new AssertionError(messages);
            }
        }));
        return DynamicContainer.dynamicContainer(scenarios.getSimpleName(), tests);
    }

    private static DynamicTest passed(String name) {
        return DynamicTest.dynamicTest(name, () -> {});
    }

    private static DynamicTest failed(String nameAndTrace) {
        int space = nameAndTrace.lastIndexOf(' ');
        byte[] trace = Base64.getDecoder().decode(nameAndTrace.substring(space + 1));
        return DynamicTest.dynamicTest(nameAndTrace.substring(0, space), () -> {
            throw new AssertionError(new String(trace, StandardCharsets.UTF_8));
        });
    }
}
