package io.corral.benchmarks.process;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Setting;

import java.util.Map;

/**
 * How long a service is measured. A round is the load generator's, 48 requests. Quick leaves out no
 * agent, the empty agent's twin and OpenTelemetry.
 *
 * @param launches of a JVM of each setup; {@code CORRAL_BENCH_LAUNCHES} sets it otherwise
 * @param warmRounds of requests before the first window of a launch ({@code CORRAL_BENCH_WARM});
 *     equally many for each setup, so that equally much has been compiled; the
 *     compilers are quiet after some 150 rounds, and until then JVMs differ by what they have done
 * @param windows of each setup in a launch ({@code CORRAL_BENCH_WINDOWS}); where hooks are taken out, how often a launch's two
 *     JVMs have exchanged roles and back
 * @param windowRounds of requests in a window ({@code CORRAL_BENCH_ROUNDS})
 * @param shown whether setups without a budget are there, too
 * @param plain whether setups that do not record are there
 * @param recorded whether those that record are; {@code CORRAL_BENCH_RECORDED} is {@code none} or {@code
 *     only} where one kind needs more launches than the other
 * @param pairing what is compared ({@code CORRAL_BENCH_PAIRS}); a launch is one of each pair then
 * @param loadApart whether the service has a CPU and its load another one ({@code CORRAL_BENCH_LOAD} is
 *     {@code apart}), or they share ({@code shared})
 * @param byRules whether the demo's rules say where requests belong, and not the service's filter ({@code
 *     CORRAL_BENCH_ENTER} is {@code rules}, or {@code filter})
 */
record ServiceEffort(
        int launches,
        int warmRounds,
        int windows,
        int windowRounds,
        boolean shown,
        boolean plain,
        boolean recorded,
        Pairing pairing,
        boolean loadApart,
        boolean byRules) {

    private static final String APART = "apart";
    private static final String RULES = "rules";

    static ServiceEffort of(Effort effort, Map<String, String> environment) {
        boolean quick = effort.isQuick();
        String recorded =
                Setting.oneOf(environment, "CORRAL_BENCH_RECORDED", "all", "none", "only");
        Pairing pairing =
                Pairing.of(Setting.oneOf(environment, "CORRAL_BENCH_PAIRS", Pairing.words()));
        boolean loadApart =
                Setting.oneOf(environment, "CORRAL_BENCH_LOAD", "shared", APART).equals(APART);
        if (pairing == Pairing.BASE && loadApart) {
            throw new IllegalArgumentException("CORRAL_BENCH_LOAD is \"apart\" and"
                    + " CORRAL_BENCH_PAIRS \"1\", whose services have a CPU each to share with their"
                    + " load; expected \"shared\", or CORRAL_BENCH_PAIRS=0, switched or unwoven");
        }
        boolean byRules = Setting.oneOf(environment, "CORRAL_BENCH_ENTER", "filter", RULES)
                .equals(RULES);
        if (pairing == Pairing.UNWOVEN && byRules) {
            throw new IllegalArgumentException("CORRAL_BENCH_ENTER is \"rules\" and"
                    + " CORRAL_BENCH_PAIRS \"unwoven\", which leaves rules in the"
                    + " application; expected \"filter\", or CORRAL_BENCH_PAIRS=switched");
        }
        if (pairing == Pairing.UNWOVEN && !loadApart) {
            throw new IllegalArgumentException("CORRAL_BENCH_LOAD is \"shared\" and"
                    + " CORRAL_BENCH_PAIRS \"unwoven\", whose services take turns on one CPU; expected"
                    + " \"apart\", or CORRAL_BENCH_PAIRS=switched");
        }
        return new ServiceEffort(
                Setting.of(environment, "CORRAL_BENCH_LAUNCHES", quick ? 1 : 20),
                Setting.of(environment, "CORRAL_BENCH_WARM", quick ? 50 : 200),
                Setting.of(environment, "CORRAL_BENCH_WINDOWS", quick ? 4 : 6),
                Setting.of(environment, "CORRAL_BENCH_ROUNDS", quick ? 10 : 12),
                !quick,
                !recorded.equals("only"),
                !recorded.equals("none"),
                pairing,
                loadApart,
                byRules);
    }

    /** Whether two services are measured at the same moment. */
    boolean atOnce() {
        return pairing != Pairing.NONE && !loadApart;
    }

    /** Whether services don't get in each other's way, nor wander from CPU to CPU. */
    boolean onOneCpu() {
        return pairing != Pairing.NONE || loadApart;
    }
}
