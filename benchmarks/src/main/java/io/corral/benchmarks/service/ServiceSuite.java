package io.corral.benchmarks.service;

import io.corral.benchmarks.harness.Jars;
import io.corral.benchmarks.harness.Jdk;
import io.corral.benchmarks.harness.KernelGroup;
import io.corral.benchmarks.harness.Sample;
import io.corral.benchmarks.harness.Samples;
import io.corral.benchmarks.harness.Setup;
import io.corral.benchmarks.harness.Suite;
import io.corral.benchmarks.harness.SuiteOptions;
import io.corral.benchmarks.service.ServiceJvm.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import picocli.CommandLine.Command;

/**
 * Puts the demo's service under load and measures the CPU time of a request.
 *
 * <p>One launch starts a JVM of each variant. They stay alive together, are warmed up, and take
 * turns at the load in windows of equal work. A ratio compares windows of the same turn. A launch
 * gives one value, the median of its windows, because JVMs differ from launch to launch in the code
 * that the JIT produced.
 */
@Command(
        name = "service",
        description = "The CPU time of a request to the demo's service under load.")
public final class ServiceSuite extends Suite {

    private static final double BUDGET = 1.02;
    private static final double BUDGET_RECORDING = 1.03;

    private static final Variant BASE = new Variant(Setup.EMPTY_AGENT, false);
    private static final Variant RECORDING_BASE = new Variant(Setup.EMPTY_AGENT, true);

    private static final List<Variant> VARIANTS = List.of(
            new Variant(Setup.NO_AGENT, false),
            BASE,
            new Variant(Setup.EXACT, false),
            new Variant(Setup.ADAPTIVE, false),
            RECORDING_BASE,
            new Variant(Setup.EXACT, true));

    private final Random random = new Random(1);

    public ServiceSuite(SuiteOptions session) {
        super(session);
    }

    @Override
    protected String title() {
        return "service";
    }

    @Override
    protected void run(Jdk jdk, Jars jars) throws Exception {
        if (!KernelGroup.isAvailable()) {
            report().note("CPU time is counted in the kernel's ticks of 10 ms: no cgroup v1");
        }
        Samples<Variant> micros = new Samples<>();
        Samples<Variant> ratios = new Samples<>();
        for (int i = 0; i < quickOr(1, 7); i++) {
            Samples<Variant> launch = launch(jdk, jars);
            for (Variant variant : VARIANTS) {
                micros.add(variant, launch.of(variant).median());
                ratios.add(variant, launch.ratio(variant, base(variant)).median());
            }
        }
        for (Variant variant : VARIANTS) {
            report().show(variant + ", CPU a request", micros.of(variant), "us");
        }
        for (Variant variant : VARIANTS) {
            if (!variant.equals(base(variant))) {
                showRatio(variant, ratios.of(variant));
            }
        }
    }

    private void showRatio(Variant variant, Sample ratio) {
        String what = variant + " / " + base(variant);
        if (variant.setup().isCorral()) {
            report().show(what, ratio, "x", variant.isRecording() ? BUDGET_RECORDING : BUDGET);
        } else {
            report().show(what, ratio, "x");
        }
    }

    private static Variant base(Variant variant) {
        return variant.isRecording() ? RECORDING_BASE : BASE;
    }

    /** Microseconds of CPU time a request, one value a window. */
    private Samples<Variant> launch(Jdk jdk, Jars jars) throws Exception {
        Map<Variant, ServiceJvm> services = new LinkedHashMap<>();
        Samples<Variant> micros = new Samples<>();
        Cpus cpus = Cpus.split();
        try (LoadJvm load = new LoadJvm(cpus, jdk, jars)) {
            List<Variant> turns = new ArrayList<>(VARIANTS);
            Collections.shuffle(turns, random);
            for (Variant variant : turns) {
                services.put(variant, new ServiceJvm(cpus, jdk, jars, variant));
                services.get(variant).cpuMicros(load, quickOr(100, 300));
            }
            for (int i = 0; i < quickOr(8, 20); i++) {
                Collections.shuffle(turns, random);
                for (Variant variant : turns) {
                    ServiceJvm service = services.get(variant);
                    // Makes connections again and fills caches.
                    service.cpuMicros(load, 1);
                    micros.add(variant, service.cpuMicros(load, quickOr(6, 10)));
                }
            }
        } finally {
            close(services);
        }
        return micros;
    }

    private static void close(Map<Variant, ServiceJvm> services) throws IOException {
        for (ServiceJvm service : services.values()) {
            service.close();
        }
    }
}
