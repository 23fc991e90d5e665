package io.corral.benchmarks;

import io.corral.benchmarks.micro.ColdRequests;
import io.corral.benchmarks.micro.Requests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** What it takes of a request that two rules find its tenant and its endpoint, beside code of one's own that does. */
final class RuleRows {

    private static final String WHAT = "tenant and endpoint of a request, ";

    private final Micro micro;
    private final Jdk jdk;
    private final Jars jars;
    private final Rows rows;

    RuleRows(Micro micro, Jdk jdk, Jars jars, Rows rows) {
        this.micro = micro;
        this.jdk = jdk;
        this.jars = jars;
        this.rows = rows;
    }

    /** @param forks JVMs of each setup */
    void measure(int forks) throws IOException, InterruptedException, RunnerException {
        hot(forks);
        cold(forks);
    }

    /** One behind the other. */
    private void hot(int forks) throws RunnerException {
        Case asIs = Case.of(Requests.class, "asIs", Variant.EMPTY);
        Case behindFilters = Case.of(Requests.class, "behindFilters", Variant.EMPTY);
        List<Case> cases = new ArrayList<>(List.of(asIs, behindFilters, asIs.threads(2)));
        for (Variant variant : Variant.CORRAL) {
            Case ruled = ruled("asIs", variant);
            cases.addAll(List.of(
                    ruled, ruled("behindFilters", variant), ruled.threads(2), byHand(variant)));
        }
        Map<Case, Micro.Times> times = micro.measure(forks, cases);
        for (Variant variant : Variant.CORRAL) {
            Case ruled = ruled("asIs", variant);
            show(times, variant + ": two rules", ruled, asIs);
            show(
                    times,
                    variant + ": two rules before and between five filters",
                    ruled("behindFilters", variant),
                    behindFilters);
            show(times, variant + ": two rules, two threads", ruled.threads(2), asIs.threads(2));
            show(times, variant + ": code that enters both at once", byHand(variant), asIs);
        }
    }

    private Case ruled(String method, Variant variant) {
        return Case.of(Requests.class, method, variant, jars.rulesFlag());
    }

    private static Case byHand(Variant variant) {
        return Case.of(Requests.class, "byHand", variant);
    }

    private void show(Map<Case, Micro.Times> times, String how, Case of, Case base) {
        rows.show(WHAT + how, times.get(of).wall().less(times.get(base).wall()), "ns");
    }

    private void cold(int forks) throws IOException, InterruptedException {
        List<Forked> base = new ArrayList<>();
        Map<Variant, List<Forked>> ruled = new EnumMap<>(Variant.class);
        Map<Variant, List<Forked>> unruled = new EnumMap<>(Variant.class);
        for (int i = 0; i < forks; i++) {
            base.add(run(Variant.EMPTY));
            for (Variant variant : Variant.CORRAL) {
                ruled.computeIfAbsent(variant, unused -> new ArrayList<>())
                        .add(run(variant, jars.rulesFlag()));
                unruled.computeIfAbsent(variant, unused -> new ArrayList<>()).add(run(variant));
            }
        }
        Sample unplaced = Forked.sample("asIs", base);
        for (Variant variant : Variant.CORRAL) {
            String cold = "cold: " + WHAT + variant;
            Sample byRules = Forked.sample("asIs", ruled.get(variant)).less(unplaced);
            Sample byCode = Forked.sample("byHand", unruled.get(variant)).less(unplaced);
            rows.show(cold + ": two rules", byRules, "ns");
            rows.show(cold + ": code that enters both at once", byCode, "ns");
        }
    }

    private Forked run(Variant variant, String... more) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(variant.flags(jars));
        flags.addAll(ColdRows.FLAGS);
        flags.addAll(List.of(more));
        return Forked.run(jdk, flags, ColdRequests.class, List.of());
    }
}
