package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.InTurns;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Suite;
import io.corral.benchmarks.Variant;
import io.corral.benchmarks.slices.Work;
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

    /** The JVM without an agent twice: what is between the two is chance. */
    private static final List<Variant> IN_TURNS =
            List.of(Variant.BARE, Variant.BARE, Variant.EXACT, Variant.ADAPTIVE);

    private final Jdk jdk;
    private final Setups setups;
    private final TaskJvms jvms;
    private final InTurns inTurns;
    private final TaskEffort effort;
    private final Consumer<Row> to;

    public TaskSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.setups = new Setups(jars);
        this.jvms = new TaskJvms(jdk);
        this.inTurns = new InTurns(jdk, jars, effort);
        this.effort = TaskEffort.of(effort, System.getenv());
        this.to = to;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        for (TaskPool pool : effort.pools()) {
            if (pool.inTurns != null) {
                fromRoot(pool, pool.inTurns);
            }
            if (!effort.rootOnly()) {
                fromContainers(pool);
            }
        }
    }

    /** Corral does next to nothing there, under whatever clock, so all take turns on one CPU. */
    private void fromRoot(TaskPool pool, Work work) throws IOException {
        List<Sample> nanos = inTurns.measure(effort.launches(), work, IN_TURNS);
        Sample bare = nanos.get(0).and(nanos.get(1));
        Sample corral = nanos.get(2).and(nanos.get(3));
        String what = pool.title + " on one CPU, from the root, ";
        show(what + Variant.BARE, bare, "ns");
        show(what + "its twin over it", nanos.get(1).over(nanos.get(0)), "x");
        String title = what + "Corral over " + Variant.BARE;
        to.accept(Row.atMost(LIMIT_FROM_ROOT, title, jdk, corral.over(bare), "x"));
    }

    private void fromContainers(TaskPool pool) throws IOException, InterruptedException {
        List<Setup> fromContainer =
                setups.corral().stream().map(TaskSuite::fromContainer).toList();
        List<Setup> others =
                new ArrayList<>(setups.corral().stream().flatMap(this::others).toList());
        if (effort.peers()) {
            others.addAll(carryingPeers());
        }
        List<Setup> all = new ArrayList<>(setups.own());
        all.addAll(fromContainer);
        all.addAll(others);
        String what = pool.title;
        Map<Setup, Sample> nanos =
                shown(what, Turns.runs(all, effort.launches(), setup -> jvms.run(pool, setup)));
        Sample bare = nanos.get(setups.bare());
        for (Setup corral : fromContainer) {
            Sample more = nanos.get(corral).less(bare);
            within(pool.hasBudget(), what + ", " + corral + " less " + setups.bare(), more);
        }
        for (Setup other : others) {
            show(
                    what + ", " + other + " less " + setups.bare(),
                    nanos.get(other).less(bare),
                    "ns");
        }
    }

    /** @return nanoseconds of CPU time a task */
    private Map<Setup, Sample> shown(String what, Map<Setup, List<TaskRun>> runs) {
        Map<Setup, Sample> nanos = TaskRun.figures(runs, TaskRun::cpuNanos);
        Map<Setup, Sample> rates = TaskRun.figures(runs, TaskRun::perSecond);
        nanos.forEach((setup, sample) -> {
            show(what + ", " + setup, sample, "ns");
            show(what + ", " + setup + ", tasks", rates.get(setup), "/s");
        });
        return nanos;
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
        return setup.with(title, flags);
    }

    private void show(String what, Sample figure, String unit) {
        to.accept(Row.shown(what, jdk, figure, unit));
    }
}
