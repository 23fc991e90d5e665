package io.corral.benchmarks.process;

import io.corral.benchmarks.Cpu;
import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Sheet;
import io.corral.benchmarks.Suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A real service at full load: CPU time a request, requests a second, and how long the slow ones take. */
public final class ServiceSuite implements Suite {

    private final Jdk jdk;
    private final Jars jars;
    private final ServiceEffort effort;
    private final String where;

    /**
     * Whether quick windows are alike, and count alone. In steps of the kernel's ticks they would be those
     * that were rounded down.
     */
    private final boolean quickOnly;

    private final Sheet to;
    private final Launches launches = new Launches();

    /** One for all launches: the first numbers of seeds that lie close to each other do so, too. */
    private final Random random = new Random(1);

    public ServiceSuite(Jdk jdk, Jars jars, Effort effort, Sheet to) {
        this.jdk = jdk;
        this.jars = jars;
        this.effort = ServiceEffort.of(effort, System.getenv());
        this.where = where(this.effort);
        this.quickOnly = this.effort.onOneCpu() && ServiceJvm.stepNanos() == 1;
        this.to = to;
    }

    /** What rows say of it, behind the figure's name. */
    private static String where(ServiceEffort effort) {
        if (effort.loadApart()) {
            return ", load apart";
        }
        return effort.pairing() == Pairing.BASE ? " in pairs" : "";
    }

    @Override
    public void run() throws IOException, InterruptedException {
        Sample step = new Sample(List.of(ServiceJvm.stepNanos()));
        to.accept(shown("CPU time by " + ServiceJvm.source() + ", in steps of", step, "ns"));
        // Where requests run on platform threads, scopes go on to charge without hooks.
        if (!effort.pairing().isWithItself() || jdk.hasVirtualThreads()) {
            Comparisons comparisons = Comparisons.of(effort, new Setups(jars));
            measure(comparisons);
            rows(comparisons).forEach(to);
        }
    }

    private List<Row> rows(Comparisons comparisons) {
        List<Row> rows = new ArrayList<>();
        Comparison.setupsOf(comparisons.all()).forEach(setup -> rows.addAll(figures(setup)));
        comparisons.all().forEach(compared -> rows.addAll(ratios(compared)));
        return rows;
    }

    private void measure(Comparisons comparisons) throws IOException, InterruptedException {
        String classPath = jars.examples() + ":" + jars.examples().resolveSibling("lib") + "/*:"
                + Built.runtime();
        if (effort.atOnce()) {
            inPairs(comparisons, classPath);
        } else if (effort.pairing() == Pairing.UNWOVEN) {
            exchanged(comparisons, classPath);
        } else if (effort.pairing() == Pairing.SWITCHED) {
            alone(comparisons, classPath);
        } else {
            together(comparisons, classPath);
        }
    }

    /** All JVMs of a launch are alive at once, and take turns. */
    private void together(Comparisons comparisons, String classPath)
            throws IOException, InterruptedException {
        Place place = effort.loadApart() ? Place.apart() : Place.anywhere();
        try (LoadJvm load = new LoadJvm(place.load(), jdk, classPath)) {
            for (int i = 0; i < effort.launches(); i++) {
                try (Launch launch = new Launch(load, effort, random)) {
                    Set<Setup> setups = Comparison.setupsOf(comparisons.in(i));
                    launch.start(place.service(), jdk, setups, classPath);
                    launch.measure(launches.next());
                }
                to.soFar(rows(comparisons));
            }
        }
    }

    /** One JVM after the other. */
    private void alone(Comparisons switched, String classPath)
            throws IOException, InterruptedException {
        Place place = Place.apart();
        try (LoadJvm load = new LoadJvm(place.load(), jdk, classPath)) {
            for (int i = 0; i < effort.launches(); i++) {
                for (Comparison compared : switched.in(i)) {
                    try (ServiceJvm service =
                            new ServiceJvm(place.service(), jdk, compared.setup(), classPath)) {
                        new SwitchedAlone(new UnderLoad(service, load), effort, random)
                                .measure(compared.setup(), compared.base(), launches.next());
                    }
                }
                to.soFar(rows(switched));
            }
        }
    }

    /** Two JVMs at once, which take turns on one CPU. What they compile, and do again and again, they compile on the load's. */
    private void exchanged(Comparisons unwoven, String classPath)
            throws IOException, InterruptedException {
        List<Cpu> two = Place.cpusApart();
        try (LoadJvm load = new LoadJvm(two.get(1).prefix(), jdk, classPath)) {
            for (int i = 0; i < effort.launches(); i++) {
                for (Comparison compared : unwoven.in(i)) {
                    exchanged(compared, two.get(0), two.get(1), load, classPath);
                }
                to.soFar(rows(unwoven));
            }
        }
    }

    private void exchanged(
            Comparison compared, Cpu services, Cpu compilers, LoadJvm load, String classPath)
            throws IOException, InterruptedException {
        Setup setup = compared.setup();
        try (ServiceJvm one = new ServiceJvm(services.prefix(), jdk, setup, classPath);
                ServiceJvm other = new ServiceJvm(services.prefix(), jdk, setup, classPath)) {
            one.compileOn(compilers);
            other.compileOn(compilers);
            List<UnderLoad> both = List.of(new UnderLoad(one, load), new UnderLoad(other, load));
            new ExchangedLaunch(both, effort, random, setup, compared.base())
                    .measure(launches.next());
        }
    }

    private void inPairs(Comparisons comparisons, String classPath)
            throws IOException, InterruptedException {
        try (Lanes lanes = new Lanes(jdk, classPath)) {
            for (int i = 0; i < effort.launches(); i++) {
                for (Comparison compared : comparisons.in(i)) {
                    inPair(lanes, compared, classPath);
                }
                to.soFar(rows(comparisons));
            }
        }
    }

    private void inPair(Lanes lanes, Comparison compared, String classPath)
            throws IOException, InterruptedException {
        Setup setup = compared.setup();
        Setup base = compared.base();
        try (ServicePair pair = new ServicePair(lanes, random)) {
            if (effort.pairing() == Pairing.SWITCHED) {
                pair.start(jdk, setup, setup, classPath);
                new SwitchedLaunch(pair, effort, random, setup, base).measure(launches.next());
            } else {
                pair.start(jdk, setup, base, classPath);
                PairedLaunch.measure(pair, effort, launches.next());
            }
        }
    }

    private List<Row> figures(Setup setup) {
        Sample cpu = countsQuick(setup)
                ? launches.quick(setup, Window::cpuMicros)
                : launches.figure(setup, Window::cpuMicros);
        Sample requests = launches.figure(setup, Window::requestsPerSecond);
        Sample p99 = launches.figure(setup, Window::p99Millis);
        return List.of(
                shown("CPU a request" + where + ", " + setup, cpu, "us"),
                shown("requests" + where + ", " + setup, requests, "/s"),
                shown("99th percentile" + where + ", " + setup, p99, "ms"));
    }

    private List<Row> ratios(Comparison compared) {
        String compares = ", " + compared.setup() + " over " + compared.base();
        String what = "CPU" + where + compares;
        Sample ratio = countsQuick(compared)
                ? launches.ratioOfQuick(compared.setup(), compared.base(), Window::cpuMicros)
                : cpuOfAll(compared);
        Double limit = compared.limit();
        Row row = limit == null
                ? Row.shown(what, jdk, ratio, "x")
                : Row.atMost(limit, what, jdk, ratio, "x");
        return countsQuick(compared)
                ? List.of(
                        row,
                        shown("CPU" + where + ", all windows" + compares, cpuOfAll(compared), "x"))
                : List.of(row);
    }

    private Sample cpuOfAll(Comparison compared) {
        return launches.ratio(compared.setup(), compared.base(), Window::cpuMicros);
    }

    private boolean countsQuick(Comparison compared) {
        return countsQuick(compared.setup()) && countsQuick(compared.base());
    }

    /** They would leave out what a recording does once a second. */
    private boolean countsQuick(Setup setup) {
        return quickOnly && !setup.isRecorded();
    }

    private Row shown(String what, Sample figure, String unit) {
        return Row.shown(what, jdk, figure, unit);
    }
}
