package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares containers with the kernel's accounting for cgroups of the same threads. */
@Tag("stress")
class KernelIT {

    @ParameterizedTest
    @MethodSource("jdks")
    void eachContainerHasTheKernelsCpuTimeWithinHalfAPercent(Jdk jdk) {
        assertContainersAreLikeTheKernels(jdk, "exact", 0.5);
    }

    /**
     * The adaptive clock, whose estimates do not depend on the JDK within the tolerance of this
     * test.
     */
    @ParameterizedTest
    @MethodSource("newest")
    void eachContainerHasTheKernelsCpuTimeWithinAPercentUnderTheAdaptiveClock(Jdk jdk) {
        assertContainersAreLikeTheKernels(jdk, "adaptive", 1.0);
    }

    private static void assertContainersAreLikeTheKernels(Jdk jdk, String clock, double percent) {
        String missing = KernelGroup.unavailableReason();
        if (missing != null) {
            System.out.println("skipped: KernelIT on " + jdk + ": " + missing);
        }
        assumeTrue(missing == null, missing);

        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .optimizing()
                .agentArguments("clock=" + clock)
                .runMain(KernelMirrorProgram.class);

        assertThat(outcome.errLines()).isEmpty();
        StringBuilder line = new StringBuilder(
                "KernelIT on " + jdk + ", " + clock + ": container/kernel nanoseconds");
        for (int i = 0; i < KernelMirrorProgram.CONTAINERS; i++) {
            line.append(' ').append(outcome.number("container-" + i));
            line.append('/').append(outcome.number("kernel-" + i));
        }
        System.out.println(line);
        for (int i = 0; i < KernelMirrorProgram.CONTAINERS; i++) {
            long kernel = outcome.number("kernel-" + i);
            assertThat(kernel).isGreaterThanOrEqualTo(2_000_000_000L);
            assertThat(outcome.number("container-" + i)).isCloseTo(kernel, withPercentage(percent));
        }
    }

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    static List<Jdk> newest() {
        return Jdk.all().subList(Jdk.all().size() - 1, Jdk.all().size());
    }
}
