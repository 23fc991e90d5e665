package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.KernelGroup;
import io.corral.benchmarks.harness.Report;
import io.corral.benchmarks.harness.Sample;
import io.corral.benchmarks.harness.Samples;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Puts the demo's service under load and measures the CPU time of a request.
 *
 * <p>One launch starts a JVM of each variant. They stay alive together, are warmed up, and take
 * turns at the load. A ratio compares values of the same turn. A launch gives one value, because
 * JVMs differ from launch to launch in the code that the JIT produced.
 */
abstract class LoadedServices extends Suite {

    /** The most that a variant may use of its base's time. */
    private static final double BUDGET = 1.02;

    private static final double BUDGET_OF_VIEWS = 1.03;

    private final Random random = new Random(1);
    private final List<Variant> variants;

    LoadedServices(SuiteOptions options, List<Variant> variants) {
        super(options);
        this.variants = variants;
    }

    /**
     * How a launch loads its services.
     *
     * @param rounds those of the demo's plan that are sent at once
     * @param nanos the least time of a turn
     * @param value makes one value of all turns of a launch
     */
    record Plan(int launches, int turns, int rounds, long nanos, ToDoubleFunction<Sample> value) {}

    abstract Plan plan();

    abstract Variant base(Variant variant);

    @Override
    protected final void run(Jdk jdk, Jars jars) throws Exception {
        if (!KernelGroup.isAvailable()) {
            report().note("CPU time is counted in the kernel's ticks of 10 ms: no cgroup v1");
        }
        Samples<Variant> micros = new Samples<>();
        Samples<Variant> ratios = new Samples<>();
        for (int i = 0; i < plan().launches(); i++) {
            Samples<Variant> launch = launch(jdk, jars);
            for (Variant variant : variants) {
                Sample ratio = launch.ratio(variant, base(variant));
                micros.add(variant, plan().value().applyAsDouble(launch.of(variant)));
                ratios.add(variant, plan().value().applyAsDouble(ratio));
            }
        }
        for (Variant variant : variants) {
            report().show(variant + ", CPU a request", micros.of(variant), "us");
        }
        for (Variant variant : variants) {
            if (!variant.equals(base(variant))) {
                double most = variant.view() == View.NONE ? BUDGET : BUDGET_OF_VIEWS;
                double budget = variant.setup().isCorral() ? most : Report.NO_BUDGET;
                report().show(variant + " / " + base(variant), ratios.of(variant), "x", budget);
            }
        }
    }

    /** Microseconds of CPU time a request, one value a turn. */
    private Samples<Variant> launch(Jdk jdk, Jars jars) throws Exception {
        Map<Variant, ServiceJvm> services = new LinkedHashMap<>();
        Samples<Variant> micros = new Samples<>();
        Cpus cpus = Cpus.split();
        try (LoadJvm load = new LoadJvm(cpus, jdk, jars)) {
            List<Variant> order = new ArrayList<>(variants);
            Collections.shuffle(order, random);
            for (Variant variant : order) {
                ServiceJvm service = new ServiceJvm(cpus, jdk, jars, variant);
                services.put(variant, service);
                service.cpuMicros(load, quickOr(100, 300), 0);
            }
            for (int i = 0; i < plan().turns(); i++) {
                Collections.shuffle(order, random);
                for (Variant variant : order) {
                    ServiceJvm service = services.get(variant);
                    // Makes connections again and fills caches.
                    service.cpuMicros(load, 1, 0);
                    micros.add(variant, service.cpuMicros(load, plan().rounds(), plan().nanos()));
                }
            }
        } finally {
            for (ServiceJvm service : services.values()) {
                service.close();
            }
        }
        return micros;
    }
}
