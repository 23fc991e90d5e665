package io.corral.benchmarks;

import io.corral.benchmarks.micro.Attaching;
import io.corral.benchmarks.micro.Contention;
import io.corral.benchmarks.micro.HandWritten;
import io.corral.benchmarks.micro.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** What a call of the API costs: scopes, beside the readings one would write by hand, and moves. */
final class ScopeRows {

    private static final int[] THREADS = {1, 2, 4, 8};

    private final Micro micro;
    private final Jdk jdk;
    private final Effort effort;
    private final Rows rows;

    ScopeRows(Micro micro, Jdk jdk, Effort effort, Rows rows) {
        this.micro = micro;
        this.jdk = jdk;
        this.effort = effort;
        this.rows = rows;
    }

    void measure() throws RunnerException {
        measureAnother(effort.forks);
        own();
        measureTwo(effort.forksOfShown);
        attach();
        contention();
    }

    /** A container that one is not in, beside readings by hand. */
    void measureAnother(int forks) throws RunnerException {
        Case cpu = Case.of(HandWritten.class, "cpu", Variant.BARE);
        Case allocation = Case.of(HandWritten.class, "allocation", Variant.BARE);
        Case hand = Case.of(HandWritten.class, "cpuAndAllocation", Variant.BARE);
        Case exact = Case.of(Scopes.class, "enterAnother", Variant.EXACT);
        Case adaptive = Case.of(Scopes.class, "enterAnother", Variant.ADAPTIVE);
        Map<Case, Micro.Times> times =
                micro.measure(forks, List.of(cpu, allocation, exact, adaptive, hand));
        Sample reading = times.get(cpu).wall();
        Sample byHand = times.get(hand).wall();
        Sample exactly = times.get(exact).wall();
        Sample adaptively = times.get(adaptive).wall();
        Sample allocated = times.get(allocation).wall();
        rows.show("a reading of the CPU clock", reading, "ns");
        rows.show("a reading of allocated bytes", allocated, "ns");
        rows.show("CPU time and allocation read by hand, before and after", byHand, "ns");
        rows.show("enter and close, exact", exactly, "ns");
        rows.atMost(
                60,
                "enter and close, exact, less two readings of each",
                exactly.less(reading.times(2)).less(allocated.times(2)),
                "ns");
        rows.atMost(100, "enter and close, adaptive", adaptively, "ns");
        rows.atLeast(8, "by hand, over enter and close, adaptive", byHand.over(adaptively), "x");
    }

    private void own() throws RunnerException {
        Case exact = Case.of(Scopes.class, "enterOwn", Variant.EXACT);
        Case adaptive = Case.of(Scopes.class, "enterOwn", Variant.ADAPTIVE);
        micro.measure(effort.forks, List.of(exact, adaptive))
                .forEach((own, times) -> rows.atMost(
                        10, "enter and close where one is, " + own.variant(), times.wall(), "ns"));
    }

    /** Containers of two hierarchies. */
    void measureTwo(int forks) throws RunnerException {
        for (Variant variant : Variant.CORRAL) {
            Case atOnce = Case.of(Scopes.class, "enterTwoAtOnce", variant);
            Case nested = Case.of(Scopes.class, "enterTwoNested", variant);
            Map<Case, Micro.Times> times = micro.measure(forks, List.of(atOnce, nested));
            String what = "enter and close of two containers, " + variant + ": ";
            rows.show(what + "at once", times.get(atOnce).wall(), "ns");
            rows.show(what + "one in the other", times.get(nested).wall(), "ns");
        }
    }

    private void attach() throws RunnerException {
        List<Case> cases = new ArrayList<>();
        for (String kind :
                jdk.hasVirtualThreads() ? List.of("platform", "virtual") : List.of("platform")) {
            cases.add(Case.of(Attaching.class, kind, Variant.EXACT));
            cases.add(Case.of(Attaching.class, kind, Variant.ADAPTIVE));
        }
        micro.measure(effort.forksOfShown, cases)
                .forEach((moved, times) -> rows.show(
                        "attach of a parked " + moved.method() + " thread, " + moved.variant(),
                        times.wall(),
                        "ns"));
    }

    private void contention() throws RunnerException {
        for (Variant variant : Variant.CORRAL) {
            Case together = Case.of(Contention.class, "together", variant);
            Case apart = Case.of(Contention.class, "apart", variant);
            for (int threads : THREADS) {
                contention(together.threads(threads), apart.threads(threads));
            }
        }
    }

    /** CPU time, since there may be fewer cores than threads. */
    private void contention(Case together, Case apart) throws RunnerException {
        Map<Case, Micro.Times> times = micro.measure(effort.forksOfShown, List.of(together, apart));
        Sample inOne = times.get(together).cpu();
        String what = "CPU of enter and close, " + together.threads() + " threads, "
                + together.variant() + ": ";
        rows.show(what + "one container", inOne, "ns");
        rows.show(what + "one over each its own", inOne.over(times.get(apart).cpu()), "x");
    }
}
