package io.corral.rules.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Limits;
import io.corral.rules.file.RuleSet;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.LimitSettings;
import io.corral.runtime.control.LimitSettings.Fair;
import io.corral.runtime.control.LimitText;
import io.corral.runtime.placement.ThreadRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lines with {@code limit} set for which container. */
class LimitRulesTest {

    @Test
    void forEachControlTheFirstLineThatNamesItDecides() {
        String file = String.join(
                "\n",
                "limit /tenants/acme requests.max 10 wait 2s",
                "limit /tenants/* requests.max 5 weight 300 cpu.max 20%",
                "limit /?enants/acme weight 200 threads.max 7",
                "limit /*/acme threads.max 8 fair");
        assertThat(decided(file, "/tenants/acme"))
                .containsExactly(
                        "fair f:4",
                        "weight 300 f:2",
                        "cpu.max 20% f:2",
                        "requests.max 10 wait 2s f:1",
                        "threads.max 7 f:3");
        assertThat(decided(file, "/tenants/other"))
                .containsExactly("weight 300 f:2", "cpu.max 20% f:2", "requests.max 5 f:2");
        assertThat(decided(file, "/tenants")).isEmpty();
        assertThat(decided(file, "/tenants/acme/below")).isEmpty();
        assertThat(decided(file, "/jobs/acme")).containsExactly("fair f:4", "threads.max 8 f:4");
    }

    @Test
    void existingContainerAndItsPathHaveTheSameLimits() {
        String file = "limit hierarchy limit-rules /a*/?b weight 5\nlimit /a/bb weight 6";
        ContainerNode node = Trees.hierarchy("limit-rules").at("/ax/bb");
        assertThat(texts(rules(file).limits().settings(node))).containsExactly("weight 5 f:1");
        assertThat(texts(rules(file).limits().settings("limit-rules", new String[] {"ax", "bb"})))
                .containsExactly("weight 5 f:1");
        assertThat(rules(file).limits().settings(Trees.MAIN.at("/ax/bb")).isEmpty())
                .isTrue();
        assertThat(rules(file).limits().settings(node.at("deeper")).isEmpty()).isTrue();
    }

    @Test
    void optionsApplyToAllControlsOfTheLineThatHaveThem() {
        LimitSettings settings = settings(
                "limit /a requests.max 3 cpu.max 1% threads.max 4 fair weight 7 wait 1500ms mode"
                        + " monitor",
                "a");
        assertThat(settings.requestsMax())
                .isEqualTo(new LimitSettings.RequestsMax(
                        3, 1_500_000_000L, Limits.Mode.MONITOR, "f:1"));
        assertThat(settings.cpuMax())
                .isEqualTo(new LimitSettings.CpuMax(
                        10_000_000, 1_000_000_000, 1_500_000_000L, Limits.Mode.MONITOR, "f:1"));
        assertThat(settings.fair()).isEqualTo(new Fair(1_500_000_000L, Limits.Mode.MONITOR, "f:1"));
        assertThat(settings.threadsMax())
                .isEqualTo(new LimitSettings.ThreadsMax(4, Limits.Mode.MONITOR, "f:1"));
        assertThat(settings.weight()).isEqualTo(new LimitSettings.Weight(7, "f:1"));
    }

    @Test
    void lineWithFairOffTakesAContainerOutOfALaterLine() {
        String file = "limit /tenants/vip fair off\nlimit /tenants/* fair\nlimit /tenants fair off";
        assertThat(decided(file, "/tenants/vip")).containsExactly("fair off f:1");
        assertThat(decided(file, "/tenants/other")).containsExactly("fair f:2");
        assertThat(rules("limit /a fair off").limits().haveFair()).isFalse();
    }

    @Test
    void lineInMonitorModeMakesNoContainerFair() {
        assertThat(rules("limit /a fair").limits().haveFair()).isTrue();
        assertThat(rules("limit /a fair mode monitor").limits().haveFair()).isFalse();
    }

    @Test
    void withoutWaitOnlyFairWaits() {
        LimitSettings settings = settings("limit /a requests.max 3 cpu.max 1% fair", "a");
        assertThat(settings.requestsMax().waitNanos()).isZero();
        assertThat(settings.cpuMax().waitNanos()).isZero();
        assertThat(settings.fair().waitNanos()).isEqualTo(Fair.DEFAULT_WAIT_NANOS);
    }

    @ParameterizedTest
    @CsvSource({
        "20%, 200000000, 1000000000",
        "150%, 1500000000, 1000000000",
        "0.1%, 1000000, 1000000000",
        "12.5%, 125000000, 1000000000",
        "20000 100000, 20000000, 100000000",
        "150000 100000, 150000000, 100000000",
    })
    void cpuIsAShareOfOneCpuOrTheKernelsQuotaAndPeriod(String value, long quota, long period) {
        LimitSettings.CpuMax cpu = settings("limit /a cpu.max " + value, "a").cpuMax();
        assertThat(cpu.quotaNanos()).isEqualTo(quota);
        assertThat(cpu.periodNanos()).isEqualTo(period);
        assertThat(LimitText.of(settings("limit /a cpu.max " + value, "a")))
                .extracting(LimitText::text)
                .containsExactly("cpu.max " + value);
    }

    /** A line with the value {@code max} keeps later lines from limiting the container. */
    @Test
    void maxLiftsTheLimitOfLaterLines() {
        String file = "limit /a/vip requests.max max threads.max max cpu.max max 100000\n"
                + "limit /a/* requests.max 1 threads.max 1 cpu.max 1%";
        LimitSettings settings = settings(file, "a", "vip");
        assertThat(settings.requestsMax().isLifted()).isTrue();
        assertThat(settings.threadsMax().isLifted()).isTrue();
        assertThat(settings.cpuMax().isLifted()).isTrue();
        assertThat(texts(settings))
                .containsExactly("cpu.max max f:1", "requests.max max f:1", "threads.max max f:1");
        assertThat(settings(file, "a", "other").requestsMax().max()).isEqualTo(1);
    }

    @Test
    void nameWithSpacesStandsInQuotationMarks() {
        assertThat(settings("limit \"/a b/*\" fair # all of them", "a b", "c").fair())
                .isNotNull();
    }

    /** The parent's limit decides then. */
    @Test
    void limitOfAChildMayBeHigherThanThatOfItsParent() {
        String file =
                "limit /a requests.max 1 cpu.max 1%\n" + "limit /a/b requests.max 100 cpu.max 200%";
        assertThat(errors(file)).isEmpty();
        assertThat(settings(file, "a", "b").requestsMax().max()).isEqualTo(100);
    }

    @Test
    void lineWhosePatternNoContainerMatchesIsUnmatched() {
        RuleSet rules = rules("limit /limit-rules/*/x fair\nlimit /limit-rules/?/y fair");
        assertThat(rules.unmatched())
                .containsExactly(
                        new ThreadRules.Unmatched(
                                "f:1", "no container has matched /limit-rules/*/x of the limit"),
                        new ThreadRules.Unmatched(
                                "f:2", "no container has matched /limit-rules/?/y of the limit"));
        Trees.MAIN.at("/limit-rules/a/y");
        assertThat(rules.unmatched())
                .extracting(ThreadRules.Unmatched::rule)
                .containsExactly("f:1");
        rules.limits().settings(Trees.MAIN.at("/limit-rules/b/x"));
        assertThat(rules.unmatched()).isEmpty();
        assertThat(rules.size()).isEqualTo(2);
    }

    private static List<String> decided(String file, String path) {
        return texts(settings(file, path.substring(1).split("/")));
    }

    private static LimitSettings settings(String file, String... path) {
        return rules(file).limits().settings("main", path);
    }

    private static List<String> texts(LimitSettings settings) {
        return LimitText.of(settings).stream()
                .map(each -> each.text() + " " + each.origin())
                .toList();
    }

    private static RuleSet rules(String file) {
        assertThat(errors(file)).isEmpty();
        return RulesParser.parse("f", file).rules();
    }

    private static List<String> errors(String file) {
        return RulesParser.parse("f", file).errors().stream()
                .map(error -> error.in("f"))
                .toList();
    }
}
