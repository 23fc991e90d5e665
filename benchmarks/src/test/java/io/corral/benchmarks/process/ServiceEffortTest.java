package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.benchmarks.Effort;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceEffortTest {

    @Test
    void inFullThereAreTwentyPairsAndMore() {
        ServiceEffort effort = ServiceEffort.of(Effort.FULL, Map.of());
        assertThat(effort.launches() * effort.windows()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void theEnvironmentSetsIt() {
        Map<String, String> environment =
                Map.of("CORRAL_BENCH_LAUNCHES", "12", "CORRAL_BENCH_ROUNDS", "7");
        assertThat(ServiceEffort.of(Effort.QUICK, environment))
                .isEqualTo(new ServiceEffort(
                        12, 50, 4, 7, false, true, true, Pairing.NONE, false, false));
    }

    @Test
    void whatRecordsAndWhatDoesNotCanBeLeftOut() {
        ServiceEffort only = ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_RECORDED", "only"));
        assertThat(only).returns(false, ServiceEffort::plain);
        assertThat(only).returns(true, ServiceEffort::recorded);
        ServiceEffort none = ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_RECORDED", "none"));
        assertThat(none).returns(true, ServiceEffort::plain);
        assertThat(none).returns(false, ServiceEffort::recorded);
        assertThat(none).returns(true, ServiceEffort::shown);
    }

    @Test
    void anotherWordIsRefusedWithTheChoices() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_RECORDED", "1")))
                .withMessage("CORRAL_BENCH_RECORDED is \"1\"; expected one of all, none, only");
    }

    @Test
    void itIsInPairsOnlyWhereThatIsAskedFor() {
        assertThat(ServiceEffort.of(Effort.FULL, Map.of()))
                .returns(Pairing.NONE, ServiceEffort::pairing)
                .returns(false, ServiceEffort::atOnce)
                .returns(false, ServiceEffort::onOneCpu);
        assertThat(ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_PAIRS", "1")))
                .returns(Pairing.BASE, ServiceEffort::pairing)
                .returns(true, ServiceEffort::atOnce)
                .returns(true, ServiceEffort::onOneCpu);
        assertThat(ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_PAIRS", "switched")))
                .returns(Pairing.SWITCHED, ServiceEffort::pairing)
                .returns(true, ServiceEffort::atOnce)
                .returns(true, ServiceEffort::onOneCpu);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_PAIRS", "2")))
                .withMessage(
                        "CORRAL_BENCH_PAIRS is \"2\"; expected one of 0, 1, switched, unwoven");
    }

    @Test
    void oneServiceHasACpuWhereItsLoadIsApart() {
        ServiceEffort alone = ServiceEffort.of(
                Effort.FULL,
                Map.of("CORRAL_BENCH_LOAD", "apart", "CORRAL_BENCH_PAIRS", "switched"));
        assertThat(alone)
                .returns(true, ServiceEffort::loadApart)
                .returns(false, ServiceEffort::atOnce)
                .returns(true, ServiceEffort::onOneCpu);
        assertThat(ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_LOAD", "shared")))
                .isEqualTo(ServiceEffort.of(Effort.FULL, Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceEffort.of(
                        Effort.FULL,
                        Map.of("CORRAL_BENCH_LOAD", "apart", "CORRAL_BENCH_PAIRS", "1")))
                .withMessageContaining(
                        "expected \"shared\", or CORRAL_BENCH_PAIRS=0, switched or unwoven");
    }

    @Test
    void oneServiceThatIsUnwovenHasItsLoadApart() {
        assertThat(ServiceEffort.of(
                        Effort.FULL,
                        Map.of("CORRAL_BENCH_LOAD", "apart", "CORRAL_BENCH_PAIRS", "unwoven")))
                .returns(Pairing.UNWOVEN, ServiceEffort::pairing)
                .returns(false, ServiceEffort::atOnce);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_PAIRS", "unwoven")))
                .withMessageContaining("expected \"apart\", or CORRAL_BENCH_PAIRS=switched");
    }

    @Test
    void rulesStandInTheFiltersPlaceWhereThatIsAskedFor() {
        assertThat(ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_ENTER", "rules")))
                .returns(true, ServiceEffort::byRules);
        assertThat(ServiceEffort.of(Effort.FULL, Map.of("CORRAL_BENCH_ENTER", "filter")))
                .isEqualTo(ServiceEffort.of(Effort.FULL, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", ""})
    void whatIsNoNumberFrom1OnIsRefused(String value) {
        assertThatThrownBy(() ->
                        ServiceEffort.of(Effort.QUICK, Map.of("CORRAL_BENCH_LAUNCHES", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "CORRAL_BENCH_LAUNCHES is \"" + value + "\"; expected a number from 1 on");
    }
}
