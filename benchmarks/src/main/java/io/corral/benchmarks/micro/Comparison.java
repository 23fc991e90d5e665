package io.corral.benchmarks.micro;

import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.Setup;

import java.util.List;

/** A base, and the cases that are compared with it within the same rounds. */
record Comparison(String title, Case base, List<Budget> budgets) {

    /** A JMH benchmark in a JVM with one of the agents. */
    record Case(Class<?> type, String method, Setup setup) {

        String name() {
            return type.getName() + "." + method;
        }
    }

    /** Which value of a case has a limit. */
    enum Kind {
        NANOS,
        NANOS_OVER_BASE,
        RATIO_TO_BASE
    }

    /** The most a case may cost. */
    record Budget(Case one, Kind kind, double limit) {}

    /** All that the JDK can run. */
    static List<Comparison> all(Jdk jdk) {
        return List.of(
                        scopes(),
                        measured("empty measured task", "empty", 300),
                        measured("measured task with a scope", "enterAndClose", 2_000),
                        measuredYields(),
                        threads(
                                "platform thread",
                                PlatformLife.class,
                                "startAndJoin",
                                Kind.NANOS_OVER_BASE,
                                1_500),
                        threads(
                                "virtual thread",
                                VirtualLife.class,
                                "startToEnd",
                                Kind.RATIO_TO_BASE,
                                1.25),
                        threads(
                                "yield",
                                VirtualYield.class,
                                "sameMembership",
                                Kind.RATIO_TO_BASE,
                                1.10),
                        handOver("task from the root", "fromRoot", Kind.RATIO_TO_BASE, 1.06),
                        handOver(
                                "task from a container",
                                "fromContainer",
                                Kind.NANOS_OVER_BASE,
                                150),
                        attachedLate(
                                "task from a container",
                                HandOver.class,
                                "fromRoot",
                                Kind.NANOS_OVER_BASE,
                                150),
                        attachedLate(
                                "two tasks at once from containers",
                                ConcurrentHandOver.class,
                                "fromRoot",
                                Kind.NANOS_OVER_BASE,
                                300),
                        attachedLate(
                                "fork-join in a container",
                                ForkJoin.class,
                                "fromContainer",
                                Kind.RATIO_TO_BASE,
                                3))
                .stream()
                .filter(each -> jdk.hasVirtualThreads() || !each.isVirtual())
                .toList();
    }

    boolean isVirtual() {
        return base.type.getSimpleName().startsWith("Virtual");
    }

    private static Comparison scopes() {
        Case exact = new Case(Scopes.class, "enterAndClose", Setup.EXACT);
        Case adaptive = new Case(Scopes.class, "enterAndClose", Setup.ADAPTIVE);
        return new Comparison(
                "enter and close",
                new Case(Clocks.class, "readTwice", Setup.NO_AGENT),
                List.of(
                        new Budget(exact, Kind.NANOS_OVER_BASE, 60),
                        new Budget(adaptive, Kind.NANOS, 130)));
    }

    private static Comparison measured(String title, String method, double limit) {
        return new Comparison(
                title,
                new Case(Scopes.class, "enterAndClose", Setup.EXACT),
                budgets(MeasuredTasks.class, method, Kind.NANOS_OVER_BASE, limit));
    }

    private static Comparison measuredYields() {
        return new Comparison(
                "measured task with four yields",
                new Case(VirtualMeasuredTasks.class, "plain", Setup.EXACT),
                budgets(VirtualMeasuredTasks.class, "measured", Kind.NANOS_OVER_BASE, 10_000));
    }

    private static Comparison threads(
            String title, Class<?> type, String method, Kind kind, double limit) {
        Case base = new Case(type, method, Setup.EMPTY_AGENT);
        return new Comparison(title, base, budgets(type, method, kind, limit));
    }

    private static Comparison handOver(String title, String method, Kind kind, double limit) {
        Case base = new Case(HandOver.class, "fromRoot", Setup.NO_AGENT);
        return new Comparison(title, base, budgets(HandOver.class, method, kind, limit));
    }

    private static Comparison attachedLate(
            String title, Class<?> type, String base, Kind kind, double limit) {
        Case late = new Case(type, "fromContainer", Setup.LATE);
        return new Comparison(
                title,
                new Case(type, base, Setup.NO_AGENT),
                List.of(new Budget(late, kind, limit)));
    }

    private static List<Budget> budgets(Class<?> type, String method, Kind kind, double limit) {
        return Setup.WITH_CORRAL.stream()
                .map(setup -> new Budget(new Case(type, method, setup), kind, limit))
                .toList();
    }
}
