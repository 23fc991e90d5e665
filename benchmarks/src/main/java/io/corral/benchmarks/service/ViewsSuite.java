package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.KernelGroup;
import io.corral.benchmarks.harness.Samples;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/**
 * What each view costs the demo's service under load, over Corral without a view.
 *
 * <p>A JVM of each variant is started. They stay alive together and take turns at the load. A turn
 * is long enough for a scrape. A view's cost comes once a second or seldomer, so a value is the CPU
 * time of all turns over their requests, and not a median of turns.
 */
@Command(name = "views", description = "The CPU time of a request while a view is used, over none.")
public final class ViewsSuite extends Suite {

    private static final double BUDGET = 1.03;

    private final Random random = new Random(1);

    public ViewsSuite(SuiteOptions session) {
        super(session);
    }

    @Override
    protected String title() {
        return "views";
    }

    @Override
    protected void run(Jdk jdk, Jars jars) throws Exception {
        if (!KernelGroup.isAvailable()) {
            report().note("CPU time is counted in the kernel's ticks of 10 ms: no cgroup v1");
        }
        Samples<View> micros = new Samples<>();
        for (int i = 0; i < quickOr(1, 5); i++) {
            Map<View, Turns> launch = launch(jdk, jars);
            launch.forEach((view, turns) -> micros.add(view, turns.cpuMicros()));
        }
        for (View view : View.values()) {
            report().show(view + ", CPU a request", micros.of(view), "us");
        }
        for (View view : View.values()) {
            if (view != View.NONE) {
                report().show(view + " / " + View.NONE, micros.ratio(view, View.NONE), "x", BUDGET);
            }
        }
    }

    private Map<View, Turns> launch(Jdk jdk, Jars jars) throws Exception {
        Map<View, Turns> all = new EnumMap<>(View.class);
        Cpus cpus = Cpus.split();
        try (LoadJvm load = new LoadJvm(cpus, jdk, jars)) {
            List<View> order = new ArrayList<>(List.of(View.values()));
            Collections.shuffle(order, random);
            for (View view : order) {
                Turns turns = new Turns(cpus, jdk, jars, view);
                all.put(view, turns);
                turns.begin();
                turns.service.cpuMicros(load, quickOr(100, 300));
            }
            for (int i = 0; i < quickOr(10, 20); i++) {
                Collections.shuffle(order, random);
                for (View view : order) {
                    all.get(view).take(load);
                }
            }
        } finally {
            for (Turns turns : all.values()) {
                turns.close();
            }
        }
        return all;
    }

    /** One service and its view. */
    private static final class Turns implements AutoCloseable {

        private static final long NANOS = TimeUnit.SECONDS.toNanos(View.SCRAPE_SECONDS);

        private final View view;
        private final Jars jars;
        private final ServiceJvm service;
        private View.Viewer viewer = View.Viewer.NONE;
        private long cpuNanos;
        private long requests;

        Turns(Cpus cpus, Jdk jdk, Jars jars, View view) throws Exception {
            this.view = view;
            this.jars = jars;
            int port = View.freePort();
            this.service = new ServiceJvm(cpus, jdk, jars, view.flags(jars, port), true);
            this.viewer = view.viewer(port);
        }

        /** Before the warm-up, so that what a viewer's connection costs is not counted. */
        void begin() throws Exception {
            viewer.attach(jars, service.pid());
            viewer.look();
        }

        void take(LoadJvm load) throws Exception {
            load.send(service.port(), 1);
            long before = service.cpuNanos();
            long began = System.nanoTime();
            do {
                requests += load.send(service.port(), 5);
            } while (System.nanoTime() - began < NANOS);
            viewer.look();
            cpuNanos += service.cpuNanos() - before;
        }

        double cpuMicros() {
            return cpuNanos / 1e3 / requests;
        }

        @Override
        public void close() throws Exception {
            viewer.close();
            service.close();
        }

        @Override
        public String toString() {
            return view.toString();
        }
    }
}
