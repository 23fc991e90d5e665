package io.corral.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltTest {

    @TempDir
    Path folder;

    @Test
    void theOneThatMatchesIsFound() throws IOException {
        Path jar = Files.createFile(folder.resolve("rope-1.2.jar"));
        Files.createFile(folder.resolve("wire-1.2.jar"));
        assertThat(Built.only(folder, "rope-*.jar")).isEqualTo(jar);
    }

    @Test
    void noneAndSeveralAreRefused() throws IOException {
        assertThatThrownBy(() -> Built.only(folder, "rope-*.jar")).hasMessageContaining("no rope");
        Files.createFile(folder.resolve("rope-1.2.jar"));
        Files.createFile(folder.resolve("rope-1.3.jar"));
        assertThatThrownBy(() -> Built.only(folder, "rope-*.jar"))
                .hasMessageContaining("several rope");
    }
}
