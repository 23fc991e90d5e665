package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.OneCpu;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Suite;
import io.corral.benchmarks.tasks.TasksProgram;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** CPU time of a tiny task that goes through a pool: bare, with Corral from the root and from a container, and with peers. */
public final class TaskSuite implements Suite {

    private static final double LIMIT_FROM_ROOT = 1.02;
    private static final double LIMIT_NANOS = 150;
    private static final int PATIENCE_SECONDS = 300;

    private final Jdk jdk;
    private final Setups setups;
    private final TaskEffort effort;
    private final Consumer<Row> to;

    public TaskSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.setups = new Setups(jars);
        this.effort = TaskEffort.of(effort, System.getenv());
        this.to = to;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        for (TaskPool pool : effort.pools()) {
            measure(pool);
        }
    }

    private void measure(TaskPool pool) throws IOException, InterruptedException {
        String what = pool.title;
        boolean budgeted = pool.budgeted;
        List<Setup> all = new ArrayList<>();
        List<Setup> fromContainer = List.of();
        List<Setup> others = List.of();
        List<Setup> besideVirtual = List.of();
        if (effort.rootOnly()) {
            all.add(setups.bare());
            all.addAll(setups.corral());
            besideVirtual = jdk.hasVirtualThreads() ? List.of(besideVirtualThreads()) : List.of();
            all.addAll(besideVirtual);
        } else {
            all.addAll(setups.own());
            fromContainer =
                    setups.corral().stream().map(TaskSuite::fromContainer).toList();
            all.addAll(fromContainer);
            others = setups.corral().stream().flatMap(this::others).toList();
            all.addAll(others);
        }
        List<Setup> peers = effort.peers() ? carryingPeers() : List.of();
        all.addAll(peers);
        Map<Setup, List<TaskRun>> runs =
                Turns.runs(all, effort.launches(), setup -> run(pool.word, setup));
        Map<Setup, Sample> nanos = TaskRun.figures(runs, TaskRun::cpuNanos);
        Map<Setup, Sample> rates = TaskRun.figures(runs, TaskRun::perSecond);
        nanos.forEach((setup, sample) -> {
            show(what + ", " + setup, sample, "ns");
            show(what + ", " + setup + ", tasks", rates.get(setup), "/s");
        });
        Sample bare = nanos.get(setups.bare());
        for (Setup corral : setups.corral()) {
            String title = what + ", from the root, " + corral + " over " + setups.bare();
            Sample ratio = nanos.get(corral).over(bare);
            to.accept(
                    budgeted
                            ? Row.atMost(LIMIT_FROM_ROOT, title, jdk, ratio, "x")
                            : Row.shown(title, jdk, ratio, "x"));
        }
        for (Setup base : besideVirtual) {
            for (Setup corral : setups.corral()) {
                show(
                        what + ", from the root, " + corral + " over " + base,
                        nanos.get(corral).over(nanos.get(base)),
                        "x");
            }
        }
        for (Setup corral : fromContainer) {
            Sample more = nanos.get(corral).less(bare);
            within(budgeted, what + ", " + corral + " less " + setups.bare(), more);
        }
        for (Setup corral : others) {
            show(
                    what + ", " + corral + " less " + setups.bare(),
                    nanos.get(corral).less(bare),
                    "ns");
        }
        for (Setup peer : peers) {
            show(what + ", " + peer + " less " + setups.bare(), nanos.get(peer).less(bare), "ns");
        }
    }

    private void within(boolean budgeted, String title, Sample more) {
        to.accept(
                budgeted
                        ? Row.atMost(LIMIT_NANOS, title, jdk, more, "ns")
                        : Row.shown(title, jdk, more, "ns"));
    }

    private static Setup fromContainer(Setup corral) {
        return carrying(corral, "container", "from a container");
    }

    /** In such a JVM a task costs more, with an agent or without; and Corral's are such, as it weaves that class. */
    private Setup besideVirtualThreads() {
        return carrying(setups.bare(), "nothing_beside_virtual_threads", "beside a virtual thread");
    }

    private Stream<Setup> others(Setup corral) {
        Setup beside = besideContainers(corral);
        return effort.peers()
                ? Stream.of(beside, enteredForEach(corral), inTurns(corral))
                : Stream.of(beside);
    }

    /** As in a service, where a request enters its container and hands one task over. */
    private static Setup enteredForEach(Setup corral) {
        return carrying(corral, "container_for_each", "from a container entered for each");
    }

    /** A worker stays in the container of the task before if the next is from there as well. */
    private static Setup inTurns(Setup corral) {
        return carrying(
                corral, "containers_in_turns", "from two containers in turns, entered for each");
    }

    /** Where nobody has ever entered a container, nothing is looked up for a task. */
    private static Setup besideContainers(Setup corral) {
        return carrying(corral, "nothing_beside_containers", "from the root beside containers");
    }

    /** Each as its users have it: with something to hand over. */
    private List<Setup> carryingPeers() throws IOException {
        return List.of(
                carrying(setups.transmittable(), "transmittable", "with a value"),
                carrying(setups.openTelemetry(), "open_telemetry", "with a context"));
    }

    private static Setup carrying(Setup setup, String carried, String title) {
        List<String> flags = new ArrayList<>(setup.flags());
        flags.add("-D" + TasksProgram.CARRIED + "=" + carried);
        return new Setup(setup.title() + ", " + title, flags, setup.isCorral());
    }

    private TaskRun run(String pool, Setup setup) throws IOException, InterruptedException {
        if (!KernelGroup.isPossible()) {
            return said(setup, command(pool, setup, List.of()));
        }
        try (KernelGroup group = new KernelGroup()) {
            List<String> flags = List.of("-D" + TasksProgram.USAGE + "=" + group.usage());
            return said(setup, group.around(command(pool, setup, flags)));
        }
    }

    private List<String> command(String pool, Setup setup, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>();
        if (effort.rootOnly()) {
            command.addAll(OneCpu.prefix());
        }
        command.addAll(List.of(
                jdk.java().toString(), "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", processors()));
        command.addAll(flags);
        command.addAll(setup.flags());
        command.addAll(List.of(
                "-cp",
                Built.jar() + ":" + Built.runtime() + ":" + Built.peersApi(),
                TasksProgram.class.getName(),
                pool));
        return command;
    }

    /** A JVM on one CPU is to decide as on all. */
    private static String processors() {
        return "-XX:ActiveProcessorCount=" + Runtime.getRuntime().availableProcessors();
    }

    private static TaskRun said(Setup setup, List<String> command)
            throws IOException, InterruptedException {
        try (Child child = new Child(command)) {
            TaskRun run = new TaskRun(
                    Double.parseDouble(child.await("task ", PATIENCE_SECONDS)),
                    Double.parseDouble(child.await("rate ", PATIENCE_SECONDS)));
            String active = child.await("active ", PATIENCE_SECONDS);
            if (Boolean.parseBoolean(active) != setup.isCorral()) {
                throw new IOException(setup + ": whether the agent is active is not as it should");
            }
            return run;
        }
    }

    private void show(String what, Sample figure, String unit) {
        to.accept(Row.shown(what, jdk, figure, unit));
    }
}
