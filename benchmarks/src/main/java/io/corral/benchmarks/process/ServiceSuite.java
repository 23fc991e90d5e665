package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.OneCpu;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A real service at full load: CPU time a request, requests a second, and how long the slow ones take.
 *
 * <p>While it records, Corral has the empty agent as its base that records the same but for Corral's
 * events. What both cost over the empty agent that does not record stands beside it.
 */
public final class ServiceSuite implements Suite {

    private static final double LIMIT = 1.01;
    private static final double LIMIT_RECORDED = 1.03;

    private final Jdk jdk;
    private final Jars jars;
    private final Setups setups;
    private final ServiceEffort effort;
    private final String where;

    /**
     * Whether quick windows are alike, and count alone. In steps of the kernel's ticks they would be those
     * that were rounded down.
     */
    private final boolean quickOnly;

    private final Consumer<Row> to;
    private final Launches launches = new Launches();

    public ServiceSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.jars = jars;
        this.setups = new Setups(jars);
        this.effort = ServiceEffort.of(effort, System.getenv());
        this.where = this.effort.onOneCpu() ? " on one CPU" : "";
        this.quickOnly = this.effort.onOneCpu() && ServiceJvm.stepNanos() == 1;
        this.to = to;
    }

    @Override
    public void run() throws IOException, InterruptedException {
        Sample step = new Sample(List.of(ServiceJvm.stepNanos()));
        show("CPU time by " + ServiceJvm.source() + ", in steps of", step, "ns");
        List<Setup> budgeted = budgeted();
        List<Setup> shown = effort.shown() ? shown() : List.of();
        List<Setup> all = new ArrayList<>(budgeted);
        all.addAll(shown);
        measure(budgeted, all);
        all.forEach(this::figures);
        ratios();
        if (effort.plain()) {
            shown.forEach(setup -> ratio(setup, setups.empty()));
        }
    }

    private List<Setup> budgeted() {
        List<Setup> budgeted = new ArrayList<>();
        if (effort.plain()) {
            budgeted.add(setups.empty());
            budgeted.addAll(setups.corral());
        }
        if (effort.recorded()) {
            budgeted.add(setups.empty().recorded());
            setups.corral().forEach(corral -> budgeted.add(setups.recorded(corral)));
        }
        return budgeted;
    }

    private List<Setup> shown() throws IOException {
        Setup bare = setups.bare();
        List<Setup> shown = new ArrayList<>();
        if (effort.plain()) {
            shown.addAll(List.of(setups.twinOfEmpty(), bare, setups.openTelemetry()));
        }
        if (effort.recorded()) {
            shown.add(bare.recorded());
        }
        return shown;
    }

    /** All of them only each second time: most have no budget. */
    private void measure(List<Setup> budgeted, List<Setup> all)
            throws IOException, InterruptedException {
        String classPath = jars.examples() + ":" + jars.examples().resolveSibling("lib") + "/*:"
                + Built.runtime();
        List<String> prefix = prefix();
        try (LoadJvm load = new LoadJvm(prefix, jdk, classPath)) {
            for (int i = 0; i < effort.launches(); i++) {
                launches.next();
                try (Launch launch = new Launch(load, prefix, effort, new Random(i))) {
                    launch.start(jdk, i % 2 == 0 ? all : budgeted, classPath);
                    launch.measure(launches);
                }
            }
        }
    }

    private List<String> prefix() throws IOException {
        if (!effort.onOneCpu()) {
            return List.of();
        }
        List<String> prefix = OneCpu.prefix();
        if (prefix.isEmpty()) {
            throw new IOException("CORRAL_BENCH_ONE_CPU is 1, which takes Linux and its"
                    + " /usr/bin/taskset, of util-linux; leave it unset for all CPUs");
        }
        return prefix;
    }

    private void figures(Setup setup) {
        Sample cpu = countsQuick(setup)
                ? launches.quick(setup, Window::cpuMicros)
                : launches.figure(setup, Window::cpuMicros);
        show("CPU a request" + where + ", " + setup, cpu, "us");
        Sample requests = launches.figure(setup, Window::requestsPerSecond);
        show("requests" + where + ", " + setup, requests, "/s");
        Sample p99 = launches.figure(setup, Window::p99Millis);
        show("99th percentile" + where + ", " + setup, p99, "ms");
    }

    private void ratios() {
        Setup empty = setups.empty();
        for (Setup corral : setups.corral()) {
            if (effort.recorded()) {
                ratio(LIMIT_RECORDED, setups.recorded(corral), empty.recorded());
            }
            if (effort.plain()) {
                ratio(LIMIT, corral, empty);
            }
            if (effort.plain() && effort.recorded()) {
                ratio(setups.recorded(corral), empty);
            }
        }
        if (effort.plain() && effort.recorded()) {
            ratio(empty.recorded(), empty);
        }
    }

    private void ratio(double limit, Setup setup, Setup base) {
        to.accept(Row.atMost(limit, titled(setup, base), jdk, cpuOver(setup, base), "x"));
    }

    private void ratio(Setup setup, Setup base) {
        show(titled(setup, base), cpuOver(setup, base), "x");
    }

    private Sample cpuOver(Setup setup, Setup base) {
        return countsQuick(setup) && countsQuick(base)
                ? launches.ratioOfQuick(setup, base, Window::cpuMicros)
                : launches.ratio(setup, base, Window::cpuMicros);
    }

    /** They would leave out what a recording does once a second. */
    private boolean countsQuick(Setup setup) {
        return quickOnly && !setup.isRecorded();
    }

    private String titled(Setup setup, Setup base) {
        return "CPU" + where + ", " + setup + " over " + base;
    }

    private void show(String what, Sample figure, String unit) {
        to.accept(Row.shown(what, jdk, figure, unit));
    }
}
