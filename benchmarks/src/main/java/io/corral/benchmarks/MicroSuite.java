package io.corral.benchmarks;

import io.corral.benchmarks.micro.HandWritten;
import io.corral.benchmarks.micro.PlatformLife;
import io.corral.benchmarks.micro.Scopes;
import io.corral.benchmarks.micro.VirtualLife;
import io.corral.benchmarks.micro.VirtualYield;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.RunnerException;

/** What is small: hooks and scopes, each beside its base in the same run. */
final class MicroSuite {

    /** Of alternating virtual threads: they must meet on one carrier. */
    private static final String ONE_CARRIER = "-Djdk.virtualThreadScheduler.parallelism=1";

    private static final List<Variant> ALL = List.of(Variant.values());
    private static final List<Variant> CORRAL = List.of(Variant.EXACT, Variant.ADAPTIVE);
    private static final List<Variant> BARE = List.of(Variant.BARE);

    private final Micro micro;
    private final Jdk jdk;
    private final Consumer<Row> to;

    MicroSuite(Micro micro, Jdk jdk, Consumer<Row> to) {
        this.micro = micro;
        this.jdk = jdk;
        this.to = to;
    }

    void run() throws RunnerException {
        scopes();
        platform();
        if (jdk.hasVirtualThreads()) {
            virtual();
        }
    }

    private void scopes() throws RunnerException {
        Sample reading = micro.measure(jdk, HandWritten.class, "cpu", BARE).get(Variant.BARE);
        Sample byHand =
                micro.measure(jdk, HandWritten.class, "cpuAndAllocation", BARE).get(Variant.BARE);
        row("a reading of the CPU clock", reading, "ns");
        row("CPU and allocation by hand", byHand, "ns");
        Map<Variant, Sample> another = micro.measure(jdk, Scopes.class, "enterAnother", CORRAL);
        Sample adaptive = another.get(Variant.ADAPTIVE);
        row("enter and close, exact", another.get(Variant.EXACT), "ns", 2 * reading.median() + 60);
        row("enter and close, adaptive", adaptive, "ns", 100);
        row("enter and close, adaptive, by hand over it", byHand.over(adaptive), "x");
        micro.measure(jdk, Scopes.class, "enterOwn", CORRAL)
                .forEach((variant, own) ->
                        row("enter and close of the own container, " + variant, own, "ns", 10));
    }

    private void platform() throws RunnerException {
        Map<Variant, Sample> life = micro.measure(jdk, PlatformLife.class, "startToEnd", ALL);
        life.forEach((variant, sample) -> row("platform thread, " + variant, sample, "ns"));
    }

    private void virtual() throws RunnerException {
        Map<Variant, Sample> life = micro.measure(jdk, VirtualLife.class, "startToEnd", ALL);
        row("virtual thread, no agent", life.get(Variant.BARE), "ns");
        ratios("virtual thread", life, 1.25);
        Map<Variant, Sample> same =
                micro.measure(jdk, VirtualYield.class, "sameMembership", ALL, ONE_CARRIER);
        row("yield, no agent", same.get(Variant.BARE), "ns");
        ratios("yield", same, 1.10);
        Map<Variant, Sample> other =
                micro.measure(jdk, VirtualYield.class, "alternating", ALL, ONE_CARRIER);
        for (Variant variant : CORRAL) {
            Sample more = other.get(variant).less(other.get(Variant.EMPTY));
            row("yield to another container, " + variant, more, "ns");
        }
    }

    private void ratios(String what, Map<Variant, Sample> samples, double limit) {
        for (Variant variant : CORRAL) {
            Sample corral = samples.get(variant);
            String row = what + ", " + variant;
            row(row + ", over the base", corral.over(samples.get(Variant.EMPTY)), "x", limit);
            row(row + ", over no agent", corral.over(samples.get(Variant.BARE)), "x");
        }
    }

    private void row(String what, Sample figure, String unit) {
        to.accept(new Row(what, jdk, figure, unit, null));
    }

    private void row(String what, Sample figure, String unit, double limit) {
        to.accept(new Row(what, jdk, figure, unit, limit));
    }
}
