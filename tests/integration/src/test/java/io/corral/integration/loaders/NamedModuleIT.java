package io.corral.integration.loaders;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A modular application with the API on its module path. */
class NamedModuleIT {

    @TempDir
    Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void agentIsActiveAndAScopeWorks(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk));
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("forks")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void applicationWorksWithoutTheAgent(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk).withoutAgent());
        assertThat(outcome.value("active")).isEqualTo("false");
    }

    private ForkedJvm.Outcome run(ForkedJvm jvm) {
        String path =
                ForkedJvm.runtimeJar() + File.pathSeparator + ModularApplication.compile(folder);
        ForkedJvm.Outcome outcome = jvm.run("-p", path, "-m", "app/app.Main");
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.value("module")).isEqualTo("app");
        assertThat(outcome.value("path")).isEqualTo("/module");
        return outcome;
    }
}
