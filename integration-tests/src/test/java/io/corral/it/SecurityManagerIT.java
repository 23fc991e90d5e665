package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API without the agent, under a security manager that grants nothing. */
class SecurityManagerIT {

    /** Later ones have none. */
    static List<Jdk> jdks() {
        return Jdk.all().stream().filter(jdk -> jdk.feature() < 24).toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdks")
    void containersWorkAsEverWithoutTheAgent(Jdk jdk) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .withoutAgent()
                .flags("-Djava.security.manager")
                .runMain(SecurityManagerMain.class);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.value("active")).isEqualTo("false");
        assertThat(outcome.value("entered")).isEqualTo("main:/a");
        assertThat(outcome.value("started")).isEqualTo("main:/a");
        assertThat(outcome.value("attached")).isEqualTo("main:/b");
    }
}
