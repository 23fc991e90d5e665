package io.corral.benchmarks.micro;

import static io.corral.benchmarks.harness.Setup.ADAPTIVE;
import static io.corral.benchmarks.harness.Setup.EMPTY_AGENT;
import static io.corral.benchmarks.harness.Setup.EXACT;
import static io.corral.benchmarks.harness.Setup.LATE;
import static io.corral.benchmarks.harness.Setup.NO_AGENT;
import static io.corral.benchmarks.micro.Comparison.Kind.NANOS;
import static io.corral.benchmarks.micro.Comparison.Kind.OVER_BASE;
import static io.corral.benchmarks.micro.Comparison.Kind.RATIO;

import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Setup;
import java.util.List;
import java.util.stream.Stream;

/**
 * A base, and the cases that are compared with it within the same rounds.
 *
 * @param limit the most that a case may cost
 */
record Comparison(String title, Kind kind, double limit, Case base, List<Case> cases) {

    /** A JMH benchmark in a JVM with one of the agents. */
    record Case(Class<?> type, String method, Setup setup) {

        String name() {
            return type.getName() + "." + method;
        }
    }

    /** Which value has a limit. */
    enum Kind {
        /** The base's own. */
        NANOS,
        /** Nanoseconds of each case, without the base's. */
        OVER_BASE,
        /** Each case's ratio to the base. */
        RATIO
    }

    /** All that the JDK can run. */
    static List<Comparison> all(Jdk jdk) {
        Case clocks = new Case(Clocks.class, "readTwice", NO_AGENT);
        Case scope = new Case(Scopes.class, "enterAndClose", EXACT);
        Case adaptive = new Case(Scopes.class, "enterAndClose", ADAPTIVE);
        Case readings = new Case(Spans.class, "betweenTwoReadings", EXACT);
        Case span = new Case(Spans.class, "withUsage", EXACT);
        Case scopeInSpan = new Case(SpanScopes.class, "enterAndClose", EXACT);
        Case request = new Case(Doors.class, "admitAndClose", EXACT);
        Case yields = new Case(VirtualMeasuredTasks.class, "fourYields", EXACT);
        Case mounts = new Case(VirtualYields.class, "yields", EXACT);
        Case fairMounts = new Case(VirtualFairYields.class, "yields", EXACT);
        Case tasks = new Case(HandOver.class, "fromRoot", NO_AGENT);
        Case twoTasks = new Case(ConcurrentHandOver.class, "fromRoot", NO_AGENT);
        Case forkJoin = new Case(ForkJoin.class, "fromContainer", NO_AGENT);
        return Stream.of(
                        new Comparison("enter and close", OVER_BASE, 60, clocks, List.of(scope)),
                        new Comparison("enter and close", NANOS, 130, adaptive, List.of()),
                        new Comparison(
                                "request below its limit", OVER_BASE, 250, scope, List.of(request)),
                        measured("empty measured task", 300, scope, MeasuredTasks.class, "empty"),
                        measured(
                                "measured task with a scope",
                                2_000,
                                scope,
                                MeasuredTasks.class,
                                "scope"),
                        measured(
                                "measured task with four yields",
                                10_000,
                                yields,
                                VirtualMeasuredTasks.class,
                                "measuredYields"),
                        new Comparison(
                                "OpenTelemetry span", OVER_BASE, 300, readings, List.of(span)),
                        new Comparison(
                                "enter and close in a span",
                                OVER_BASE,
                                1_000,
                                scope,
                                List.of(scopeInSpan)),
                        threads("platform thread", OVER_BASE, 1_500, PlatformLife.class, "life"),
                        threads("virtual thread", RATIO, 1.25, VirtualLife.class, "life"),
                        threads("yield", RATIO, 1.10, VirtualMeasuredTasks.class, "fourYields"),
                        new Comparison(
                                "mount in a fair container",
                                OVER_BASE,
                                200,
                                mounts,
                                List.of(fairMounts)),
                        handOver("task from the root", RATIO, 1.06, tasks, "fromRoot"),
                        handOver("task from a container", OVER_BASE, 150, tasks, "fromContainer"),
                        attachedLate("task from a container", OVER_BASE, 150, tasks),
                        attachedLate("two tasks at once from containers", OVER_BASE, 300, twoTasks),
                        attachedLate("fork-join in a container", RATIO, 3, forkJoin))
                .filter(each -> jdk.hasVirtualThreads() || !each.isVirtual())
                .toList();
    }

    boolean isVirtual() {
        return base.type.getSimpleName().startsWith("Virtual");
    }

    private static Comparison measured(
            String title, double limit, Case base, Class<?> type, String method) {
        return new Comparison(title, OVER_BASE, limit, base, corral(type, method));
    }

    private static Comparison threads(
            String title, Kind kind, double limit, Class<?> type, String method) {
        Case base = new Case(type, method, EMPTY_AGENT);
        return new Comparison(title, kind, limit, base, corral(type, method));
    }

    private static Comparison handOver(
            String title, Kind kind, double limit, Case base, String method) {
        return new Comparison(title, kind, limit, base, corral(base.type, method));
    }

    private static Comparison attachedLate(String title, Kind kind, double limit, Case base) {
        Case late = new Case(base.type, "fromContainer", LATE);
        return new Comparison(title, kind, limit, base, List.of(late));
    }

    private static List<Case> corral(Class<?> type, String method) {
        return Setup.WITH_CORRAL.stream()
                .map(setup -> new Case(type, method, setup))
                .toList();
    }
}
