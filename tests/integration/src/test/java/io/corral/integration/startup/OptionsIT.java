package io.corral.integration.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.StartOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options at a JVM's start: their sources, and the lines about wrong ones. */
class OptionsIT {

    private static final String VALID =
            "enabled, config, clock, jfr, period, rules, placement, handover, queued, depth,"
                    + " containers, places, idle, expire, combinations, carriers, metrics,"
                    + " series, log, training";

    @TempDir
    Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void disabledAgentInstallsAndPrintsNothing(Jdk jdk) throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        ForkedJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("enabled=false")
                .flags("-Xlog:class+load:file=" + loaded);
        ForkedJvm.Outcome outcome = StartOutcome.run(jvm, jdk);
        assertThat(outcome.errLines()).isEmpty();
        assertThat(Files.readAllLines(loaded))
                .noneMatch(line -> line.contains(" io.corral.runtime."));
    }

    @ParameterizedTest
    @MethodSource("newest")
    void unknownOptionPrintsOneLineWithTheValidOnes(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("colour=red");
        StartOutcome.assertActive(
                StartOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: unknown option \"colour\"; valid are " + VALID);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void unknownPropertyPrintsOneLineWithTheValidOnes(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags("-Dcorral.peroid=5s");
        StartOutcome.assertActive(
                StartOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: system property corral.peroid: unknown option \"peroid\"; valid are "
                        + VALID);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void infoReportsTheActiveParts(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("log=info,clock=adaptive");
        ForkedJvm.Outcome outcome = StartOutcome.runWithApi(jvm, jdk);
        assertThat(outcome.errLines())
                .singleElement()
                .asString()
                .matches("corral: active on JDK " + jdk.feature()
                        + "[.0-9]*, clock adaptive, events on");
        ForkedJvm.Outcome unobserved =
                StartOutcome.runWithApi(ForkedJvm.on(jdk).agentArguments("log=info,jfr=off"), jdk);
        assertThat(unobserved.errLines())
                .singleElement()
                .asString()
                .endsWith(", clock exact, events off");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void infoReportsThatTheAgentIsDisabled(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("log=info,enabled=false");
        StartOutcome.assertInactive(
                StartOutcome.runWithApi(jvm, jdk),
                "corral: disabled. The application runs unmetered.");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void invalidValuePrintsOneLineAndKeepsTheDefault(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("enabled=maybe");
        StartOutcome.assertActive(
                StartOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: option enabled is \"maybe\"; expected true, false; using true");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void logOffPrintsNothing(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("colour=red,enabled=maybe,log=off")
                .flags("-javaagent:" + ForkedJvm.agentJar() + "=log=off");
        StartOutcome.assertActive(StartOutcome.runWithApi(jvm, jdk), jdk);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void trainingInstallsNothingAndPrintsOneLine(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("training=true");
        StartOutcome.assertInactive(
                StartOutcome.runWithApi(jvm, jdk),
                "corral: training run for a class archive: nothing installed, nothing counted");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void argumentOverridesPropertyOverridesEnvironmentOverridesFile(Jdk jdk) throws IOException {
        Path config = Files.writeString(folder.resolve("corral.properties"), "enabled = false\n");
        ForkedJvm file = ForkedJvm.on(jdk).agentArguments("config=" + config);
        StartOutcome.assertInactive(StartOutcome.runWithApi(file, jdk));

        ForkedJvm environment = file.environment("CORRAL_ENABLED", "true");
        StartOutcome.assertActive(StartOutcome.runWithApi(environment, jdk), jdk);

        ForkedJvm property = environment.flags("-Dcorral.enabled=false");
        StartOutcome.assertInactive(StartOutcome.runWithApi(property, jdk));

        ForkedJvm argument = property.agentArguments("enabled=true,config=" + config);
        StartOutcome.assertActive(StartOutcome.runWithApi(argument, jdk), jdk);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void environmentVariableNamesTheOptionsFile(Jdk jdk) throws IOException {
        Path config = Files.writeString(folder.resolve("corral.properties"), "corral.enabled=no\n");
        ForkedJvm jvm = ForkedJvm.on(jdk).environment("CORRAL_CONFIG", config.toString());
        StartOutcome.assertActive(
                StartOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: " + config + ": option corral.enabled is \"no\"; expected true, false;"
                        + " using true");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void missingFilePrintsOneLine(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags("-Dcorral.config=/not/there.properties");
        StartOutcome.assertActive(
                StartOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: system property corral.config: can't read the file /not/there.properties:"
                        + " /not/there.properties (No such file or directory); continuing without"
                        + " it");
    }
}
