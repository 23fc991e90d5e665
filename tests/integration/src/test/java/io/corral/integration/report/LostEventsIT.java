package io.corral.integration.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.ToolCommand;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that has no free buffer drops events, and says in the recording how many bytes. */
class LostEventsIT {

    private static final String SMALL_BUFFERS =
            "-XX:FlightRecorderOptions:memorysize=1M,globalbuffersize=64k,threadbuffersize=8k";

    @TempDir
    Path folder;

    @Test
    void pageSaysHowManyBytesOfEventsAreMissing() throws IOException {
        Jdk jdk = Jdk.all().get(0);
        assumeTrue(
                !jdk.hasVirtualThreads(), "newer JDKs than 17 write fast enough to lose nothing");
        Path recording = folder.resolve("lost.jfr");
        ForkedJvm.Outcome program = ForkedJvm.on(jdk)
                .flags(SMALL_BUFFERS, "-XX:StartFlightRecording:filename=" + recording)
                .runMain(LostEventsProgram.class);
        assertThat(program.exitCode()).as(program.toString()).isZero();

        ForkedJvm.Outcome report = new ToolCommand(jdk, folder).run("report", "lost.jfr");

        assertThat(report.exitCode()).as(report.toString()).isZero();
        assertThat(ReportPage.read(folder.resolve("lost.html")).lostBytes()).isPositive();
    }
}
