package io.corral.benchmarks;

import io.corral.benchmarks.micro.ColdScopes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scopes of a thread whose other work has emptied the caches: what they take within a request, where {@link ScopeRows} has them hot. */
final class ColdRows {

    private static final List<Variant> VARIANTS =
            List.of(Variant.EMPTY, Variant.EXACT, Variant.ADAPTIVE);

    private final Jdk jdk;
    private final Jars jars;
    private final int forks;
    private final Rows rows;

    ColdRows(Jdk jdk, Jars jars, int forks, Rows rows) {
        this.jdk = jdk;
        this.jars = jars;
        this.forks = forks;
        this.rows = rows;
    }

    /** Each less what a look at the clock on the wall takes, once for each of its ends. */
    void measure() throws IOException, InterruptedException {
        Map<Variant, List<Forked>> runs = new EnumMap<>(Variant.class);
        for (int i = 0; i < forks; i++) {
            for (Variant variant : VARIANTS) {
                runs.computeIfAbsent(variant, unused -> new ArrayList<>()).add(run(variant));
            }
        }
        rows.show("cold: a reading of the CPU clock", reading(runs.get(Variant.EMPTY)), "ns");
        for (Variant variant : VARIANTS) {
            List<Forked> of = runs.get(variant);
            Sample scope = nanos("scope", of).less(nanos("nothing", of).times(2));
            rows.show("cold: enter and close, " + variant, scope, "ns");
            if (Variant.CORRAL.contains(variant)) {
                rows.show(
                        "cold: enter and close, " + variant + ", less two readings",
                        scope.less(reading(of).times(2)),
                        "ns");
            }
        }
    }

    private static Sample reading(List<Forked> runs) {
        return nanos("reading", runs).less(nanos("nothing", runs));
    }

    private Forked run(Variant variant) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(variant.flags(jars));
        flags.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m"));
        return Forked.run(jdk, flags, ColdScopes.class, List.of());
    }

    private static Sample nanos(String name, List<Forked> runs) {
        return new Sample(runs.stream().map(run -> run.value(name)).toList());
    }
}
