package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.Row;
import io.corral.benchmarks.Sample;
import io.corral.benchmarks.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** One for all launches: the first numbers of seeds that lie close to each other do so, too. */
    private final Random random = new Random(1);

    public ServiceSuite(Jdk jdk, Jars jars, Effort effort, Consumer<Row> to) {
        this.jdk = jdk;
        this.jars = jars;
        this.setups = new Setups(jars);
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

    /**
     * What is told of two setups.
     *
     * @param limit of the ratio; null if it has none
     */
    private record Comparison(@Nullable Double limit, Setup setup, Setup base) {}

    @Override
    public void run() throws IOException, InterruptedException {
        Sample step = new Sample(List.of(ServiceJvm.stepNanos()));
        show("CPU time by " + ServiceJvm.source() + ", in steps of", step, "ns");
        if (effort.pairing() != Pairing.SWITCHED) {
            List<Comparison> budgeted = budgeted();
            tell(budgeted, withUnbudgeted(budgeted));
        } else if (jdk.hasVirtualThreads()) {
            List<Comparison> switched = switched();
            tell(switched, switched);
        }
    }

    private void tell(List<Comparison> eachTime, List<Comparison> all)
            throws IOException, InterruptedException {
        measure(eachTime, all);
        setupsOf(all).forEach(this::figures);
        all.forEach(this::ratio);
    }

    /**
     * Corral with itself, while its hooks and events are switched off. That is not the base which the budget means. Where requests
     * run on platform threads, scopes go on to charge without hooks.
     */
    private List<Comparison> switched() {
        List<Comparison> switched = new ArrayList<>();
        for (Setup corral : setups.corral()) {
            if (effort.recorded()) {
                switched.add(switched(setups.recorded(corral)));
            }
            if (effort.plain()) {
                switched.add(switched(corral));
            }
        }
        return switched;
    }

    private Comparison switched(Setup corral) {
        return new Comparison(null, setups.switchedOn(corral), setups.switchedOff(corral));
    }

    /** And what is shown besides. */
    private List<Comparison> withUnbudgeted(List<Comparison> budgeted) throws IOException {
        List<Comparison> shown = effort.shown() ? shown() : new ArrayList<>();
        // Together they are there; in pairs each takes JVMs of its own.
        if (effort.shown() || effort.pairing() == Pairing.NONE) {
            shown.addAll(0, ofRecording());
        }
        List<Comparison> all = new ArrayList<>(budgeted);
        all.addAll(shown);
        return all;
    }

    private List<Comparison> budgeted() {
        Setup empty = setups.empty();
        List<Comparison> budgeted = new ArrayList<>();
        for (Setup corral : setups.corral()) {
            if (effort.recorded()) {
                Setup recorded = setups.recorded(corral);
                budgeted.add(new Comparison(LIMIT_RECORDED, recorded, empty.recorded()));
            }
            if (effort.plain()) {
                budgeted.add(new Comparison(LIMIT, corral, empty));
            }
        }
        return budgeted;
    }

    /** What recording costs, with Corral and without. */
    private List<Comparison> ofRecording() {
        List<Comparison> ofRecording = new ArrayList<>();
        if (effort.plain() && effort.recorded()) {
            Setup empty = setups.empty();
            for (Setup corral : setups.corral()) {
                ofRecording.add(new Comparison(null, setups.recorded(corral), empty));
            }
            ofRecording.add(new Comparison(null, empty.recorded(), empty));
        }
        return ofRecording;
    }

    private List<Comparison> shown() throws IOException {
        Setup empty = setups.empty();
        Setup bare = setups.bare();
        List<Comparison> shown = new ArrayList<>();
        if (effort.plain()) {
            for (Setup setup : List.of(setups.twinOfEmpty(), bare, setups.openTelemetry())) {
                shown.add(new Comparison(null, setup, empty));
            }
        }
        if (effort.recorded()) {
            shown.add(new Comparison(null, bare.recorded(), empty.recorded()));
        }
        return shown;
    }

    private static Set<Setup> setupsOf(List<Comparison> comparisons) {
        Set<Setup> setups = new LinkedHashSet<>();
        comparisons.forEach(each -> setups.addAll(List.of(each.base(), each.setup())));
        return setups;
    }

    /** All of them only each second time: most have no budget. */
    private void measure(List<Comparison> budgeted, List<Comparison> all)
            throws IOException, InterruptedException {
        String classPath = jars.examples() + ":" + jars.examples().resolveSibling("lib") + "/*:"
                + Built.runtime();
        if (effort.atOnce()) {
            inPairs(budgeted, all, classPath);
        } else if (effort.pairing() == Pairing.SWITCHED) {
            alone(all, classPath);
        } else {
            together(setupsOf(budgeted), setupsOf(all), classPath);
        }
    }

    /** All JVMs of a launch are alive at once, and take turns. */
    private void together(Set<Setup> budgeted, Set<Setup> all, String classPath)
            throws IOException, InterruptedException {
        Place place = effort.loadApart() ? Place.apart() : Place.anywhere();
        try (LoadJvm load = new LoadJvm(place.load(), jdk, classPath)) {
            for (int i = 0; i < effort.launches(); i++) {
                try (Launch launch = new Launch(load, effort, random)) {
                    launch.start(place.service(), jdk, i % 2 == 0 ? all : budgeted, classPath);
                    launch.measure(launches.next());
                }
            }
        }
    }

    /** One JVM after the other. */
    private void alone(List<Comparison> switched, String classPath)
            throws IOException, InterruptedException {
        Place place = Place.apart();
        try (LoadJvm load = new LoadJvm(place.load(), jdk, classPath)) {
            for (int i = 0; i < effort.launches(); i++) {
                for (Comparison compared : switched) {
                    try (ServiceJvm service =
                            new ServiceJvm(place.service(), jdk, compared.setup(), classPath)) {
                        new SwitchedAlone(new UnderLoad(service, load), effort, random)
                                .measure(compared.setup(), compared.base(), launches.next());
                    }
                }
            }
        }
    }

    private void inPairs(List<Comparison> budgeted, List<Comparison> all, String classPath)
            throws IOException, InterruptedException {
        try (Lanes lanes = new Lanes(jdk, classPath)) {
            for (int i = 0; i < effort.launches(); i++) {
                for (Comparison compared : i % 2 == 0 ? all : budgeted) {
                    inPair(lanes, compared, classPath);
                }
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

    private void ratio(Comparison compared) {
        String compares = ", " + compared.setup() + " over " + compared.base();
        String what = "CPU" + where + compares;
        Sample ratio = countsQuick(compared)
                ? launches.ratioOfQuick(compared.setup(), compared.base(), Window::cpuMicros)
                : cpuOfAll(compared);
        Double limit = compared.limit();
        to.accept(
                limit == null
                        ? Row.shown(what, jdk, ratio, "x")
                        : Row.atMost(limit, what, jdk, ratio, "x"));
        if (countsQuick(compared)) {
            show("CPU" + where + ", all windows" + compares, cpuOfAll(compared), "x");
        }
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

    private void show(String what, Sample figure, String unit) {
        to.accept(Row.shown(what, jdk, figure, unit));
    }
}
