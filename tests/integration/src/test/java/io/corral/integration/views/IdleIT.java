package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM in which no view is asked for. */
class IdleIT {

    @TempDir
    private Path folder;

    @Test
    void noClassOfAViewIsLoaded() throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest())
                .flags("-Xlog:class+load:file=" + loaded)
                .runMain(NoMBeanServerProgram.class);
        assertThat(outcome.value("ran")).isEqualTo("true");
        assertThat(Files.readString(loaded))
                .contains(" io.corral.runtime.")
                .doesNotContain(
                        " io.corral.events.jmx.",
                        " java.lang.management.ManagementFactory ",
                        " io.corral.metrics.",
                        "MetricsStart");
    }
}
