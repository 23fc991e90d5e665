package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are harmless, but not on each screen; and process IDs that are not those of JVMs. */
class OddNamesIT {

    @TempDir
    Path folder;

    @Test
    void unusualNamesAreShownUnchanged() throws IOException {
        try (RunningJvm jvm = ForkedJvm.on(Jdk.newest()).startMain(OddNamesProgram.class)) {
            jvm.await("ready");
            String pid = Long.toString(jvm.pid());
            ForkedJvm.Outcome json = run("ls", "--json", pid, "/odd");
            assertThat(json.exitCode()).as(json.toString()).isZero();
            assertThat(paths(json.out()))
                    .containsAll(OddNamesProgram.NAMES.stream()
                            .map(name -> "/odd/" + name)
                            .toList());
            ForkedJvm.Outcome lines = run("top", "-b", "-n", "1", pid, "/odd");
            assertThat(lines.out()).contains(OddNamesProgram.NAMES);
            jvm.writeLine("end");
        }
    }

    @Test
    void processThatIsNoJvmPrintsOneLine() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            ForkedJvm.Outcome outcome = run("top", Long.toString(other.pid()));
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.errLines())
                    .containsExactly("corral: process " + other.pid()
                            + " is not a JVM; list the JVMs with jps");
        } finally {
            other.destroy();
            other.waitFor();
        }
    }

    private ForkedJvm.Outcome run(String command, String... words) {
        return new ToolCommand(Jdk.newest(), folder).run(command, words);
    }

    private static List<String> paths(String json) throws IOException {
        Map<String, Object> reading = JSON.std.mapFrom(json);
        return ((List<?>) reading.get("containers"))
                .stream().map(each -> (String) ((Map<?, ?>) each).get("path")).toList();
    }
}
