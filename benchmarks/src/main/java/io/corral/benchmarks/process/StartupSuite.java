package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Suite;
import io.corral.benchmarks.process.WholeRun.Figures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What whole JVMs take, start and exit included: one that prints a line, and Spring Boot until it would serve.
 */
public final class StartupSuite implements Suite {

    /** By the JDK's version; between the two there is no budget. */
    private static final Map<Integer, Double> LIMITS_MILLIS = Map.of(17, 40.0, 25, 60.0);

    private final WholeRun run = WholeRun.finest();
    private final Jdk jdk;
    private final Setups setups;
    private final StartupEffort effort;
    private final Consumer<Row> to;

    public StartupSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.setups = new Setups(jars);
        this.effort = StartupEffort.of(effort, System.getenv());
        this.to = to;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        for (Setup corral : setups.corral()) {
            Program.HELLO.checkActive(jdk, corral);
        }
        Sample step = new Sample(List.of(run.stepNanos()));
        show("CPU time by " + run.source() + ", in steps of", step, "ns");
        hello();
        if (effort.springs() > 0) {
            springBoot();
        }
    }

    private void hello() throws IOException, InterruptedException {
        Map<Setup, List<Figures>> all = hellos(setups.own(), effort.hellos());
        show("hello", all, Figures::cpuMillis, "ms");
        Double limit = LIMITS_MILLIS.get(jdk.feature());
        for (Setup corral : setups.corral()) {
            Sample more = overBase(corral, all, Figures::cpuMillis);
            String what = overBase("hello", corral);
            to.accept(
                    limit == null
                            ? Row.shown(what, jdk, more, "ms")
                            : Row.atMost(limit, what, jdk, more, "ms"));
        }
        show("hello, elapsed", all, Figures::elapsedMillis, "ms");
        showOverBase("hello, elapsed", all, Figures::elapsedMillis, "ms");
        if (effort.hellosOfPeers() > 0) {
            Map<Setup, List<Figures>> peers = hellos(setups.peers(), effort.hellosOfPeers());
            show("hello", peers, Figures::cpuMillis, "ms");
            show("hello, elapsed", peers, Figures::elapsedMillis, "ms");
        }
    }

    private void springBoot() throws IOException, InterruptedException {
        List<Setup> beside = new ArrayList<>(setups.own());
        if (effort.springsOfPeers()) {
            beside.addAll(setups.peers());
        }
        Map<Setup, List<Figures>> all = Turns.runs(
                beside,
                effort.springs(),
                setup -> run.figuresWithMemory(Program.SPRING_BOOT.command(jdk, setup)));
        show("Spring Boot", all, Figures::cpuMillis, "ms");
        for (Setup setup : beside) {
            if (!setup.equals(setups.bare())) {
                ratio(setup, setups.bare(), all);
            }
        }
        for (Setup corral : setups.corral()) {
            ratio(corral, setups.empty(), all);
        }
        show("Spring Boot, elapsed", all, Figures::elapsedMillis, "ms");
        showOverBase("Spring Boot, elapsed", all, Figures::elapsedMillis, "ms");
        if (all.values().stream().flatMap(List::stream).allMatch(StartupSuite::isMemoryKnown)) {
            show("Spring Boot, memory", all, StartupSuite::megabytes, "MB");
            showOverBase("Spring Boot, memory", all, StartupSuite::megabytes, "MB");
        }
    }

    private Map<Setup, List<Figures>> hellos(List<Setup> all, int rounds)
            throws IOException, InterruptedException {
        return Turns.runs(all, rounds, setup -> run.figures(Program.HELLO.command(jdk, setup)));
    }

    private static boolean isMemoryKnown(Figures figures) {
        return figures.peakMegabytes().isPresent();
    }

    private static double megabytes(Figures figures) {
        return figures.peakMegabytes().orElseThrow();
    }

    private void ratio(Setup setup, Setup base, Map<Setup, List<Figures>> all) {
        Sample ratio = sample(all.get(setup), Figures::cpuMillis)
                .over(sample(all.get(base), Figures::cpuMillis));
        show("Spring Boot, " + setup + " over " + base, ratio, "x");
    }

    private void show(
            String what,
            Map<Setup, List<Figures>> all,
            ToDoubleFunction<Figures> figure,
            String unit) {
        all.forEach((setup, runs) -> show(what + ", " + setup, sample(runs, figure), unit));
    }

    private void showOverBase(
            String what,
            Map<Setup, List<Figures>> all,
            ToDoubleFunction<Figures> figure,
            String unit) {
        for (Setup corral : setups.corral()) {
            show(overBase(what, corral), overBase(corral, all, figure), unit);
        }
    }

    private String overBase(String what, Setup corral) {
        return what + ", " + corral + " over " + setups.empty();
    }

    /** What it takes more than the base that ran in the same round. */
    private Sample overBase(
            Setup corral, Map<Setup, List<Figures>> all, ToDoubleFunction<Figures> figure) {
        return sample(all.get(corral), figure).less(sample(all.get(setups.empty()), figure));
    }

    private static Sample sample(List<Figures> runs, ToDoubleFunction<Figures> figure) {
        return new Sample(runs.stream().map(figure::applyAsDouble).toList());
    }

    private void show(String what, Sample figure, String unit) {
        to.accept(Row.shown(what, jdk, figure, unit));
    }
}
