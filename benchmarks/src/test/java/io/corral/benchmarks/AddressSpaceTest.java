package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {

    private static final Path COMMAND = Path.of("/usr/bin/setarch");

    @Test
    void flagIsFoundAmongOthers() {
        assertThat(AddressSpace.prefix("00000000\n")).isEmpty();
        assertThat(AddressSpace.prefix("ffbbffff\n")).isEmpty();
        assertThat(AddressSpace.prefix("00440000\n")).isEqualTo("setarch -R ");
    }

    @Test
    void processWithoutRandomAddressesSaysSo() throws Exception {
        assumeTrue(isAllowed(), "addresses can't be fixed here");
        Process process = new ProcessBuilder(List.of(
                        COMMAND.toString(),
                        "-R",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Said.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("setarch -R |");
    }

    /** Containers often forbid it. */
    private static boolean isAllowed() throws Exception {
        return Files.isExecutable(COMMAND)
                && new ProcessBuilder(COMMAND.toString(), "-R", "true").start().waitFor() == 0;
    }

    static final class Said {

        public static void main(String[] arguments) {
            System.out.print(AddressSpace.prefix() + "|");
        }
    }
}
