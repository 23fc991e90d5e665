package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.benchmarks.Effort;
import io.corral.benchmarks.Jars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonsTest {

    private static final String EXACT = "Corral exact";
    private static final String ADAPTIVE = "Corral adaptive";
    private static final String EMPTY = "empty agent";

    private static final Jars JARS = new Jars(
            Path.of("agent.jar"),
            Path.of("empty.jar"),
            Path.of("switch.jar"),
            Path.of("examples/target/e.jar"));

    private final Setups setups = new Setups(JARS);

    @Test
    void withABudgetItIsOverTheEmptyAgentThatRecordsAsItDoes() throws IOException {
        Comparisons quick = of(Map.of("CORRAL_BENCH_PAIRS", "1"));
        assertThat(told(quick.all()))
                .containsExactly(
                        EXACT + ", recorded over " + EMPTY + ", recorded: 1.03",
                        EXACT + " over " + EMPTY + ": 1.01",
                        ADAPTIVE + ", recorded over " + EMPTY + ", recorded: 1.03",
                        ADAPTIVE + " over " + EMPTY + ": 1.01");
        assertThat(quick.eachTime()).isEqualTo(quick.all());
    }

    @Test
    void whereAllAreThereWhatARecordingCostsIsToldEachSecondTime() throws IOException {
        for (Map<String, String> environment :
                List.of(Map.<String, String>of(), Map.of("CORRAL_BENCH_LOAD", "apart"))) {
            Comparisons quick = of(environment);
            assertThat(told(quick.in(0)))
                    .endsWith(
                            EXACT + ", recorded over " + EMPTY + ": null",
                            ADAPTIVE + ", recorded over " + EMPTY + ": null",
                            EMPTY + ", recorded over " + EMPTY + ": null")
                    .hasSize(7);
            assertThat(told(quick.in(1))).hasSize(4).allMatch(each -> each.contains(": 1.0"));
            assertThat(quick.in(2)).isEqualTo(quick.in(0));
        }
    }

    @Test
    void ofThoseThatRecordNoneIsWithoutARecording() throws IOException {
        for (String pairs : List.of("0", "1")) {
            Map<String, String> only =
                    Map.of("CORRAL_BENCH_PAIRS", pairs, "CORRAL_BENCH_RECORDED", "only");
            assertThat(told(of(only).all()))
                    .containsExactly(
                            EXACT + ", recorded over " + EMPTY + ", recorded: 1.03",
                            ADAPTIVE + ", recorded over " + EMPTY + ", recorded: 1.03");
            Comparisons full = Comparisons.of(ServiceEffort.of(Effort.FULL, only), setups);
            assertThat(told(full.in(0)))
                    .containsExactly(
                            EXACT + ", recorded over " + EMPTY + ", recorded: 1.03",
                            ADAPTIVE + ", recorded over " + EMPTY + ", recorded: 1.03",
                            "no agent, recorded over " + EMPTY + ", recorded: null");
            assertThat(full.in(1)).isEqualTo(of(only).all());
        }
    }

    @Test
    void switchedItIsOverItself() throws IOException {
        String load = "CORRAL_BENCH_LOAD";
        for (String apart : List.of("apart", "shared")) {
            Map<String, String> only = Map.of(
                    load, apart, "CORRAL_BENCH_PAIRS", "switched", "CORRAL_BENCH_RECORDED", "only");
            Comparisons switched = of(only);
            assertThat(told(switched.in(0)))
                    .containsExactly(
                            overItself(EXACT + ", recorded"), overItself(ADAPTIVE + ", recorded"));
            assertThat(switched.in(1)).isEqualTo(switched.in(0));
            assertThat(switched.in(0))
                    .allMatch(each -> each.setup().flags().equals(each.base().flags()))
                    .allMatch(each -> each.setup().isRecorded());
            Map<String, String> none = Map.of(
                    load, apart, "CORRAL_BENCH_PAIRS", "switched", "CORRAL_BENCH_RECORDED", "none");
            assertThat(told(of(none).in(0)))
                    .containsExactly(overItself(EXACT), overItself(ADAPTIVE));
        }
    }

    /** A filter beside the rules would make these cost next to nothing, and in the base it would cost what they do. */
    @Test
    void whereRulesAreAskedForNoServiceHasAFilter() throws IOException {
        List<Comparison> all = of(Map.of(
                        "CORRAL_BENCH_ENTER", "rules", "CORRAL_BENCH_RECORDED", "none"))
                .all();
        assertThat(told(all))
                .containsExactly(
                        EXACT + ", by rules over " + EMPTY + ", no filter: 1.01",
                        ADAPTIVE + ", by rules over " + EMPTY + ", no filter: 1.01");
        assertThat(Comparison.setupsOf(all))
                .allMatch(setup -> setup.arguments().equals(List.of("unfiltered")))
                .allMatch(setup -> setup.isCorral()
                        == setup.flags().contains("-Dcorral.rules=examples/demo.rules"));
    }

    @Test
    void switchedOnAndOffAreTheSameServiceByRules() throws IOException {
        Map<String, String> environment = Map.of(
                "CORRAL_BENCH_ENTER", "rules",
                "CORRAL_BENCH_PAIRS", "switched",
                "CORRAL_BENCH_RECORDED", "none");
        assertThat(of(environment).all())
                .hasSize(2)
                .allMatch(each -> each.setup().flags().equals(each.base().flags()))
                .allMatch(each -> each.setup().toString().endsWith(", switched on, by rules"));
    }

    @Test
    void whatIsUnwovenIsTheSameJvmAndABaseWithTheBudget() throws IOException {
        Comparisons quick =
                of(Map.of("CORRAL_BENCH_PAIRS", "unwoven", "CORRAL_BENCH_LOAD", "apart"));
        assertThat(told(quick.all()))
                .containsExactly(
                        EXACT + ", recorded, woven over " + EXACT + ", recorded, unwoven: 1.03",
                        EXACT + ", woven over " + EXACT + ", unwoven: 1.01",
                        ADAPTIVE + ", recorded, woven over " + ADAPTIVE
                                + ", recorded, unwoven: 1.03",
                        ADAPTIVE + ", woven over " + ADAPTIVE + ", unwoven: 1.01");
        assertThat(quick.in(1)).isEqualTo(quick.all());
        assertThat(quick.all())
                .allMatch(each -> each.setup().flags().equals(each.base().flags()))
                .allMatch(each -> each.setup().flags().contains("-javaagent:switch.jar=unweave"));
    }

    @Test
    void aBaseOfSeveralIsStartedOnce() throws IOException {
        assertThat(Comparison.setupsOf(
                        of(Map.of("CORRAL_BENCH_RECORDED", "none")).all()))
                .extracting(Setup::toString)
                .containsExactly(EMPTY, EXACT, ADAPTIVE);
    }

    private Comparisons of(Map<String, String> environment) throws IOException {
        return Comparisons.of(ServiceEffort.of(Effort.QUICK, environment), setups);
    }

    private static String overItself(String title) {
        return title + ", switched on over " + title + ", switched off: null";
    }

    private static List<String> told(List<Comparison> comparisons) {
        return comparisons.stream()
                .map(each -> each.setup() + " over " + each.base() + ": " + each.limit())
                .toList();
    }
}
