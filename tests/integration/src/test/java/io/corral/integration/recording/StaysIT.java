package io.corral.integration.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.ThreadKind;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each stay of a thread is recorded: the first, the last, and the one that is open at the end. */
class StaysIT {

    static Stream<Arguments> jdksAndKinds() {
        return Jdk.eachInFullRun().stream()
                .flatMap(jdk -> Stream.of(ThreadKind.values())
                        .filter(kind -> kind == ThreadKind.PLATFORM || jdk.feature() >= 21)
                        .map(kind -> Arguments.of(jdk, kind)));
    }

    @ParameterizedTest
    @MethodSource("jdksAndKinds")
    void eachStayOfAThreadIsRecorded(Jdk jdk, ThreadKind kind) {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .flags("-XX:StartFlightRecording:settings=none,+corral.Residency#enabled=false")
                .runMain(StaysProgram.class, kind.name());
        assertThat(outcome.value("still")).as(outcome.toString()).isEqualTo("[/still]");
        assertThat(outcome.value("moving")).isEqualTo("[/moving, /scope, /moving]");
        assertThat(outcome.value("open")).isEqualTo("[/open]");
        assertThat(outcome.value("older")).isEqualTo("[/older]");
    }
}
