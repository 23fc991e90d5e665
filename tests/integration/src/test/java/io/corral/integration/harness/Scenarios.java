package io.corral.integration.harness;

import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Makes a test of each scenario of one or more classes. The scenarios share a forked JVM on each
 * JDK, which starts with the first of them; a last test ends that JVM.
 * {@code -Dscenario=Class.method} runs one scenario alone, and {@code -Dscenario.seed=1} shuffles
 * those of a class.
 */
public final class Scenarios {

    private static final String ADAPTIVE = "clock=adaptive";
    private static final String INHERIT = "placement=inherit";

    private final List<Class<?>> classes;
    private final List<String> flags = new ArrayList<>();
    private final List<Path> jarsFirst = new ArrayList<>();
    private @Nullable Path otherAgent;
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

    /** Calls the method {@code main} of a class before the first scenario. */
    public Scenarios after(Class<?> program) {
        return flags("-D" + ScenarioHost.FIRST + "=" + program.getName());
    }

    /** With these jars before all others on the class path. */
    public Scenarios jarsFirst(List<Path> jars) {
        jarsFirst.addAll(jars);
        return this;
    }

    /** After another agent, and without options. */
    public Scenarios afterAgent(Path agent) {
        otherAgent = agent;
        return this;
    }

    /** Also under the adaptive clock, on the newest JDK: that clock is the same on each JDK. */
    public Scenarios underEachClock() {
        underEachClock = true;
        return this;
    }

    /** {@link #underEachClock()} in the full run, and under the default clock alone otherwise. */
    public Scenarios underEachClockInFullRun() {
        underEachClock = FullRun.isOn();
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

    /** On {@link Jdk#eachInFullRun()}: in the daily run, the newest JDK alone. */
    public Stream<DynamicNode> onEachJdkInFullRun() {
        return on(Jdk.eachInFullRun().stream());
    }

    public Stream<DynamicNode> withVirtualThreads() {
        return on(Jdk.withVirtualThreads());
    }

    /** On {@link Jdk#withVirtualThreadsInFullRun()}: in the daily run, the newest JDK alone. */
    public Stream<DynamicNode> withVirtualThreadsInFullRun() {
        return on(Jdk.withVirtualThreadsInFullRun());
    }

    public Stream<DynamicNode> onNewestJdk() {
        return on(Stream.of(Jdk.newest()));
    }

    private Stream<DynamicNode> on(Stream<Jdk> jdks) {
        List<DynamicNode> nodes = new ArrayList<>();
        for (Jdk jdk : jdks.toList()) {
            addTests(jdk, "", nodes);
            if (underEachClock && jdk.equals(Jdk.newest())) {
                addTests(jdk, ADAPTIVE, nodes);
            }
        }
        return nodes.stream();
    }

    private void addTests(Jdk jdk, String clock, List<DynamicNode> nodes) {
        String agentArguments =
                !inherits ? clock : clock.isEmpty() ? INHERIT : clock + "," + INHERIT;
        ScenarioJvm jvm = new ScenarioJvm(() -> start(jdk, agentArguments));
        List<DynamicNode> tests = new ArrayList<>();
        for (Class<?> each : classes) {
            List<DynamicTest> ofClass = testsOf(each, jdk, jvm);
            if (!ofClass.isEmpty()) {
                tests.add(DynamicContainer.dynamicContainer(each.getSimpleName(), ofClass));
            }
        }
        if (!tests.isEmpty()) {
            tests.add(DynamicTest.dynamicTest(
                    "runs to its end, and the agent says nothing", jvm::endWithoutMessages));
            nodes.add(DynamicContainer.dynamicContainer(
                    jdk + " " + agentArguments, tests.stream().onClose(jvm::kill)));
        }
    }

    private RunningJvm start(Jdk jdk, String agentArguments) {
        ForkedJvm forked = ForkedJvm.on(jdk).optimizing();
        forked = otherAgent == null
                ? forked.agentArguments(agentArguments)
                : forked.withoutAgent()
                        .flags("-javaagent:" + otherAgent, "-javaagent:" + ForkedJvm.agentJar());
        return forked.flags(FullRun.flag())
                .flags(flags.toArray(new String[0]))
                .start("-cp", classPath(), ScenarioHost.class.getName());
    }

    private String classPath() {
        StringBuilder path = new StringBuilder();
        for (Path each : jarsFirst) {
            path.append(each).append(File.pathSeparator);
        }
        return path.append(ForkedJvm.classPath()).toString();
    }

    private static List<DynamicTest> testsOf(Class<?> scenarios, Jdk jdk, ScenarioJvm jvm) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Method method : chosenMethods(scenarios)) {
            if (method.getAnnotation(Scenario.class).since() > jdk.feature()) {
                continue;
            }
            String request = scenarios.getName() + " " + method.getName();
            if (method.getParameterCount() == 0) {
                tests.add(DynamicTest.dynamicTest(method.getName(), () -> jvm.run(request)));
                continue;
            }
            for (ThreadKind kind : ThreadKind.of(jdk)) {
                String name = method.getName() + "[" + kind.name().toLowerCase() + "]";
                tests.add(DynamicTest.dynamicTest(name, () -> jvm.run(request + " " + kind)));
            }
        }
        return tests;
    }

    private static List<Method> chosenMethods(Class<?> scenarios) {
        String chosen = System.getProperty("scenario");
        List<Method> methods = new ArrayList<>();
        for (Method method : scenarios.getDeclaredMethods()) {
            String name = scenarios.getSimpleName() + "." + method.getName();
            if (method.isAnnotationPresent(Scenario.class)
                    && (chosen == null || chosen.equals(name))) {
                methods.add(method);
            }
        }
        methods.sort(Comparator.comparing(Method::getName));
        Long seed = Long.getLong("scenario.seed");
        if (seed != null) {
            Collections.shuffle(methods, new Random(seed));
        }
        return methods;
    }
}
