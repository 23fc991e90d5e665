package io.corral.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How tests with budgets end, under the agent and without it. */
class BudgetsIT {

    private static final Pattern OVER_CPU = Pattern.compile("FAILED the test used ([\\d.]+) ms of"
            + " CPU time, ([\\d.]+) ms \\(\\d+%\\) over its budget of 20 ms");

    private static final Pattern OVER_ALLOCATION = Pattern.compile("FAILED the test allocated"
            + " (1\\d,\\d{3},\\d{3}) bytes, (\\d+,\\d{3},\\d{3}) bytes \\(\\d+%\\) over its budget"
            + " of 4,000,000 bytes");

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private static ForkedJvm.Outcome run(Jdk jdk, String... tests) {
        return ForkedJvm.on(jdk).runMain(TestkitProgram.class, tests);
    }

    private static void assertIsOverCpu(String result) {
        Matcher over = OVER_CPU.matcher(result);
        assertThat(result).matches(OVER_CPU);
        assertThat(over.matches()).isTrue();
        double used = Double.parseDouble(over.group(1));
        assertThat(used).isGreaterThan(FixedWork.LEAST_MILLIS);
        assertThat(Double.parseDouble(over.group(2))).isBetween(used - 20.2, used - 19.8);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void failureOfATestOverItsCpuBudgetHasTheExcess(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, "CpuTests");
        assertThat(outcome.value("under")).isEqualTo("SUCCESSFUL ");
        assertThat(outcome.value("without")).isEqualTo("SUCCESSFUL ");
        assertIsOverCpu(outcome.value("over"));
        assertIsOverCpu(outcome.value("onAChildThread"));
        assertIsOverCpu(outcome.value("inAPool"));
        if (jdk.feature() >= 21) {
            assertIsOverCpu(outcome.value("onAVirtualThread"));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void failureOfATestOverItsAllocationBudgetHasTheExcess(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(jdk, "AllocationTests");
        assertThat(outcome.value("under")).isEqualTo("SUCCESSFUL ");
        assertThat(outcome.value("over")).matches(OVER_ALLOCATION);
        assertThat(outcome.value("onAChildThread")).matches(OVER_ALLOCATION);
        assertThat(outcome.value("overBothBudgets"))
                .matches("FAILED the test used .* over its budget of 20 ms, and allocated .*"
                        + " over its budget of 4,000,000 bytes");
    }

    @Test
    void budgetOfAClassHoldsForItsTests() {
        ForkedJvm.Outcome outcome = run(Jdk.newest(), "ClassTests");
        assertIsOverCpu(outcome.value("over"));
        assertIsOverCpu(outcome.value("nestedOverBudget"));
        assertThat(outcome.value("ownBudgetCounts")).isEqualTo("SUCCESSFUL ");
    }

    @Test
    void dynamicTestsHaveTheBudgetOfTheirFactory() {
        ForkedJvm.Outcome outcome = run(Jdk.newest(), "FactoryTests");
        assertThat(outcome.value("light")).isEqualTo("SUCCESSFUL ");
        assertIsOverCpu(outcome.value("heavy"));
        assertThat(outcome.value("calls")).isEqualTo("light,light");
    }

    @Test
    void warmupsCallTheMethodAndAreNotCounted() {
        ForkedJvm.Outcome outcome = run(Jdk.newest(), "WarmupTests");
        assertThat(outcome.value("warmupsAreNotCounted")).isEqualTo("SUCCESSFUL ");
        assertThat(outcome.value("ownFailureIsKept")).isEqualTo("FAILED own failure");
        assertThat(outcome.value("calls"))
                .contains("before,test,test,test,test", "before,repeated,repeated,before,repeated")
                .doesNotContain("test,test,test,test,test");
    }

    @Test
    void partsAndTheWholeTestAreMeasured() {
        ForkedJvm.Outcome outcome = run(Jdk.newest(), "MeasuredTests");
        assertThat(outcome.value("partsAreMeasured")).isEqualTo("SUCCESSFUL ");
        assertThat(outcome.value("calls")).isEqualTo("used true");
    }

    /** Also on a JDK without virtual threads. */
    @ParameterizedTest
    @MethodSource("jdks")
    void withoutTheAgentTestsWithBudgetsAreAborted(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .withoutAgent()
                .runMain(TestkitProgram.class, "CpuTests", "WarmupTests", "MeasuredTests");
        String aborted =
                "ABORTED not measured: the JVM of the tests runs without Corral's agent; add"
                        + " -javaagent:/path/to/corral-agent.jar to Surefire's argLine";
        assertThat(outcome.value("under")).isEqualTo(aborted);
        assertThat(outcome.value("over")).isEqualTo(aborted);
        assertThat(outcome.value("ownFailureIsKept")).isEqualTo(aborted);
        assertThat(outcome.value("partsAreMeasured")).isEqualTo(aborted);
        assertThat(outcome.value("without")).isEqualTo("SUCCESSFUL ");
        assertThat(outcome.value("calls")).isEqualTo("before,before,before,before");
    }
}
