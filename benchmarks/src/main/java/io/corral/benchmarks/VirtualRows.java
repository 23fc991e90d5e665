package io.corral.benchmarks;

import io.corral.benchmarks.micro.HandWritten;
import io.corral.benchmarks.micro.VirtualLife;
import io.corral.benchmarks.micro.VirtualPark;
import io.corral.benchmarks.micro.VirtualYield;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** What a virtual thread's life costs, and its turns on its carrier. */
final class VirtualRows {

    /** Of two virtual threads that take turns: they must meet on one carrier. */
    private static final String ONE_CARRIER = "-Djdk.virtualThreadScheduler.parallelism=1";

    private static final double LIFE = 1.25;
    private static final double TURN = 1.10;
    private static final double ADAPTIVE_SWITCH_NANOS = 60;

    private final Micro micro;
    private final int forks;
    private final Rows rows;

    /** @param forks JVMs of each setup */
    VirtualRows(Micro micro, int forks, Rows rows) {
        this.micro = micro;
        this.forks = forks;
        this.rows = rows;
    }

    /** Within one container. */
    void measureWithin() throws RunnerException {
        measureLifeAndYield();
        ratios("park and unpark", TURN, all(VirtualPark.class, "sameMembership", ONE_CARRIER));
    }

    void measureLifeAndYield() throws RunnerException {
        ratios("virtual thread, start to end", LIFE, all(VirtualLife.class, "startToEnd"));
        ratios("yield", TURN, all(VirtualYield.class, "sameMembership", ONE_CARRIER));
    }

    void measureBetween() throws RunnerException {
        turns("yield", VirtualYield.class);
        turns("park and unpark", VirtualPark.class);
    }

    private void ratios(String what, double limit, Map<Variant, Micro.Times> times) {
        Sample bare = times.get(Variant.BARE).wall();
        Sample base = times.get(Variant.EMPTY).wall();
        rows.show(what + ", no agent", bare, "ns");
        rows.show(what + ", empty agent", base, "ns");
        for (Variant variant : Variant.CORRAL) {
            Sample corral = times.get(variant).wall();
            String row = what + ", " + variant;
            rows.atMost(limit, row + ", over the empty agent", corral.over(base), "x");
            rows.show(row + ", over no agent", corral.over(bare), "x");
        }
    }

    private void turns(String what, Class<?> benchmarks) throws RunnerException {
        Case cpu = Case.of(HandWritten.class, "cpu", Variant.BARE);
        Case allocation = Case.of(HandWritten.class, "allocation", Variant.BARE);
        List<Case> cases = new ArrayList<>(List.of(cpu, allocation));
        for (Variant variant : List.of(Variant.EMPTY, Variant.EXACT, Variant.ADAPTIVE)) {
            cases.add(Case.of(benchmarks, "alternating", variant, ONE_CARRIER));
        }
        Map<Case, Micro.Times> times = micro.measure(forks, cases);
        Sample base = times.get(cases.get(2)).wall();
        Sample exact = times.get(cases.get(3)).wall().less(base);
        Sample adaptive = times.get(cases.get(4)).wall().less(base);
        String row = what + " with another container's, ";
        rows.show(row + "exact, less the empty agent", exact, "ns");
        rows.atMost(
                0,
                row + "exact, less it and a reading of each clock",
                exact.less(times.get(cpu).wall()).less(times.get(allocation).wall()),
                "ns");
        rows.atMost(ADAPTIVE_SWITCH_NANOS, row + "adaptive, less the empty agent", adaptive, "ns");
    }

    private Map<Variant, Micro.Times> all(Class<?> benchmarks, String method, String... flags)
            throws RunnerException {
        List<Case> cases = new ArrayList<>();
        for (Variant variant : Variant.values()) {
            cases.add(Case.of(benchmarks, method, variant, flags));
        }
        Map<Variant, Micro.Times> byVariant = new EnumMap<>(Variant.class);
        micro.measure(forks, cases).forEach((each, times) -> byVariant.put(each.variant(), times));
        return byVariant;
    }
}
