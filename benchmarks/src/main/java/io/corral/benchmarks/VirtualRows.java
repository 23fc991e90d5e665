package io.corral.benchmarks;

import io.corral.benchmarks.micro.HandWritten;
import io.corral.benchmarks.micro.VirtualLife;
import io.corral.benchmarks.micro.VirtualPark;
import io.corral.benchmarks.micro.VirtualYield;
import io.corral.benchmarks.slices.Work;
import java.io.IOException;
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

    /** The empty agent twice: what is between the two is chance. */
    private static final List<Variant> IN_TURNS = List.of(
            Variant.EMPTY,
            Variant.BARE,
            Variant.EMPTY,
            Variant.SWITCHED_OFF,
            Variant.EXACT,
            Variant.ADAPTIVE);

    private final Micro micro;
    private final InTurns inTurns;
    private final int forks;
    private final Rows rows;

    /** @param forks JVMs of each setup */
    VirtualRows(Micro micro, InTurns inTurns, int forks, Rows rows) {
        this.micro = micro;
        this.inTurns = inTurns;
        this.forks = forks;
        this.rows = rows;
    }

    /** Within one container. */
    void measureWithin() throws IOException, RunnerException {
        measureLifeAndYield();
        ratios("yield", TURN, all(VirtualYield.class, "sameMembership", ONE_CARRIER));
        ratios("park and unpark", TURN, all(VirtualPark.class, "sameMembership", ONE_CARRIER));
    }

    /** A life with two carriers too: those who start threads and those they end on share what they are counted by. */
    void measureLifeAndYield() throws IOException, RunnerException {
        measureInTurns();
        ratios("virtual thread, start to end", LIFE, all(VirtualLife.class, "startToEnd"));
    }

    /** On one CPU, where a second one that starts threads, or takes them up, adds nothing by chance. */
    private void measureInTurns() throws IOException {
        ratios("virtual thread on one CPU, start to end", LIFE, Work.VIRTUAL_LIFE);
        ratios("yield on one CPU", TURN, Work.VIRTUAL_YIELD);
    }

    private void ratios(String what, double limit, Work work) throws IOException {
        List<Sample> nanos = inTurns.measure(forks, work, IN_TURNS);
        Sample base = nanos.get(0);
        rows.show(what + ", empty agent", base, "ns");
        for (int i = 1; i < nanos.size(); i++) {
            Variant variant = IN_TURNS.get(i);
            Sample over = nanos.get(i).over(base);
            if (Variant.CORRAL.contains(variant)) {
                rows.atMost(limit, what + ", " + variant + ", over the empty agent", over, "x");
            } else {
                String other = variant == Variant.EMPTY ? "its twin" : variant.toString();
                rows.show(what + ", " + other + ", over it", over, "x");
            }
        }
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
        for (Variant variant : Variant.CORRAL_AND_EMPTY) {
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
        for (Variant variant : Variant.CORRAL_AND_BASES) {
            cases.add(Case.of(benchmarks, method, variant, flags));
        }
        Map<Variant, Micro.Times> byVariant = new EnumMap<>(Variant.class);
        micro.measure(forks, cases).forEach((each, times) -> byVariant.put(each.variant(), times));
        return byVariant;
    }
}
