package io.corral.integration.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.nio.file.Path;
import java.util.List;

/** Java images made by {@code jlink}. */
public final class LinkedImage {

    private LinkedImage() {}

    /**
     * Links the packaged modules, or those of the run-time image itself if the JDK has none.
     *
     * @param modules separated by commas; those that they require are linked too
     * @param home does not exist yet
     */
    public static Jdk of(Jdk jdk, String modules, Path home) {
        ForkedJvm.Outcome linked = ForkedJvm.on(jdk)
                .runCommand(List.of(
                        jdk.command("jlink"),
                        "-J-XX:TieredStopAtLevel=1",
                        "-J-XX:+UseSerialGC",
                        "--add-modules",
                        modules,
                        "--output",
                        home.toString()));
        assertThat(linked.exitCode()).as(linked.out() + linked.err()).isZero();
        return new Jdk(jdk.feature(), home);
    }
}
