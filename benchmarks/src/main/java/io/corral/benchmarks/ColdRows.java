package io.corral.benchmarks;

import io.corral.benchmarks.micro.ColdScopes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scopes of a thread whose other work has emptied the caches: what they take within a request, where {@link ScopeRows} has them hot. */
final class ColdRows {

    /** So that no collector's threads come in between. */
    static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx256m");

    private final Jdk jdk;
    private final Jars jars;
    private final Rows rows;

    ColdRows(Jdk jdk, Jars jars, Rows rows) {
        this.jdk = jdk;
        this.jars = jars;
        this.rows = rows;
    }

    /**
     * Each less what a look at the clock on the wall takes, once for each of its ends.
     *
     * @param forks JVMs of each setup
     */
    void measure(int forks) throws IOException, InterruptedException {
        Map<Variant, List<Forked>> runs =
                Forked.inRounds(forks, Variant.CORRAL_AND_EMPTY, this::run);
        rows.show("cold: a reading of the CPU clock", reading(runs.get(Variant.EMPTY)), "ns");
        for (Variant variant : Variant.CORRAL_AND_EMPTY) {
            List<Forked> of = runs.get(variant);
            Sample scope =
                    Forked.sample("scope", of).less(Forked.sample("nothing", of).times(2));
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
        return Forked.sample("reading", runs).less(Forked.sample("nothing", runs));
    }

    private Forked run(Variant variant, int round) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(variant.flags(jars));
        flags.addAll(FLAGS);
        return Forked.run(jdk, flags, ColdScopes.class, List.of());
    }
}
