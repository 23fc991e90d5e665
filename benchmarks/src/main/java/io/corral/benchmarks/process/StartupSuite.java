package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * CPU time of whole JVMs, start and exit included: of one that prints a line, and of Spring Boot until
 * it would serve.
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
        Map<Setup, Sample> all = measure(Program.HELLO, setups.own(), effort.hellos());
        figures("hello", all);
        Double limit = LIMITS_MILLIS.get(jdk.feature());
        for (Setup corral : setups.corral()) {
            Sample more = all.get(corral).less(all.get(setups.empty()));
            String what = "hello, " + corral + " over " + setups.empty();
            to.accept(
                    limit == null
                            ? Row.shown(what, jdk, more, "ms")
                            : Row.atMost(limit, what, jdk, more, "ms"));
        }
        if (effort.hellosOfPeers() > 0) {
            figures("hello", measure(Program.HELLO, setups.peers(), effort.hellosOfPeers()));
        }
    }

    private void springBoot() throws IOException, InterruptedException {
        List<Setup> beside = new ArrayList<>(setups.own());
        if (effort.springsOfPeers()) {
            beside.addAll(setups.peers());
        }
        Map<Setup, Sample> all = measure(Program.SPRING_BOOT, beside, effort.springs());
        figures("Spring Boot", all);
        for (Setup setup : beside) {
            if (!setup.equals(setups.bare())) {
                ratio(setup, setups.bare(), all);
            }
        }
        for (Setup corral : setups.corral()) {
            ratio(corral, setups.empty(), all);
        }
    }

    private Map<Setup, Sample> measure(Program program, List<Setup> all, int rounds)
            throws IOException, InterruptedException {
        return Turns.measure(all, rounds, setup -> run.cpuMillis(program.command(jdk, setup)));
    }

    private void figures(String program, Map<Setup, Sample> all) {
        all.forEach((setup, cpu) -> show(program + ", " + setup, cpu, "ms"));
    }

    private void ratio(Setup setup, Setup base, Map<Setup, Sample> all) {
        Sample ratio = all.get(setup).over(all.get(base));
        show("Spring Boot, " + setup + " over " + base, ratio, "x");
    }

    private void show(String what, Sample figure, String unit) {
        to.accept(Row.shown(what, jdk, figure, unit));
    }
}
