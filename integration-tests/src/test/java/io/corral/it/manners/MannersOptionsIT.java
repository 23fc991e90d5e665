package io.corral.it.manners;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import io.corral.it.harness.Jdk;
import io.corral.it.support.MannersOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options at a JVM's start: their sources, and the lines about wrong ones. */
class MannersOptionsIT {

    private static final String VALID =
            "enabled, config, clock, jfr, period, rules, placement, handover, queued, depth, containers, combinations, metrics, series, log, training";

    @TempDir
    Path folder;

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("newest")
    void disabledAgentInstallsNothingSilently(Jdk jdk) throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        ForkedJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("enabled=false")
                .flags("-Xlog:class+load:file=" + loaded);
        ForkedJvm.Outcome outcome = MannersOutcome.run(jvm, jdk);
        assertThat(outcome.errLines()).isEmpty();
        assertThat(Files.readAllLines(loaded))
                .noneMatch(line -> line.contains(" io.corral.runtime."));
    }

    @ParameterizedTest
    @MethodSource("newest")
    void unknownOptionPrintsOneLineWithTheValidOnes(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("colour=red");
        MannersOutcome.assertActive(
                MannersOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: unknown option \"colour\"; valid are " + VALID);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void unknownPropertyPrintsOneLineWithTheValidOnes(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags("-Dcorral.peroid=5s");
        MannersOutcome.assertActive(
                MannersOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: system property corral.peroid: unknown option \"peroid\"; valid are "
                        + VALID);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void infoReportsTheActiveParts(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("log=info,clock=adaptive");
        ForkedJvm.Outcome outcome = MannersOutcome.runWithApi(jvm, jdk);
        assertThat(outcome.errLines())
                .singleElement()
                .asString()
                .matches("corral: active on JDK " + jdk.feature()
                        + "[.0-9]*, clock adaptive, events on");
        ForkedJvm.Outcome unobserved = MannersOutcome.runWithApi(
                ForkedJvm.on(jdk).agentArguments("log=info,jfr=off"), jdk);
        assertThat(unobserved.errLines())
                .singleElement()
                .asString()
                .endsWith(", clock exact, events off");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void infoReportsThatTheAgentIsDisabled(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("log=info,enabled=false");
        MannersOutcome.assertInactive(
                MannersOutcome.runWithApi(jvm, jdk),
                "corral: disabled. The application runs unmetered.");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void invalidValuePrintsOneLineAndKeepsTheDefault(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("enabled=maybe");
        MannersOutcome.assertActive(
                MannersOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: option enabled is \"maybe\"; expected true, false; going on with true");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void logOffPrintsNothing(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk)
                .agentArguments("colour=red,enabled=maybe,log=off")
                .flags("-javaagent:" + ForkedJvm.agentJar() + "=log=off");
        MannersOutcome.assertActive(MannersOutcome.runWithApi(jvm, jdk), jdk);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void trainingInstallsNothingAndPrintsOneLine(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).agentArguments("training=true");
        MannersOutcome.assertInactive(
                MannersOutcome.runWithApi(jvm, jdk),
                "corral: training run for a class archive: nothing installed, nothing counted");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void argumentOverridesPropertyOverridesEnvironmentOverridesFile(Jdk jdk) throws IOException {
        Path config = Files.writeString(folder.resolve("corral.properties"), "enabled = false\n");
        ForkedJvm file = ForkedJvm.on(jdk).agentArguments("config=" + config);
        MannersOutcome.assertInactive(MannersOutcome.runWithApi(file, jdk));

        ForkedJvm environment = file.environment("CORRAL_ENABLED", "true");
        MannersOutcome.assertActive(MannersOutcome.runWithApi(environment, jdk), jdk);

        ForkedJvm property = environment.flags("-Dcorral.enabled=false");
        MannersOutcome.assertInactive(MannersOutcome.runWithApi(property, jdk));

        ForkedJvm argument = property.agentArguments("enabled=true,config=" + config);
        MannersOutcome.assertActive(MannersOutcome.runWithApi(argument, jdk), jdk);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void environmentVariableNamesTheFile(Jdk jdk) throws IOException {
        Path config = Files.writeString(folder.resolve("corral.properties"), "corral.enabled=no\n");
        ForkedJvm jvm = ForkedJvm.on(jdk).environment("CORRAL_CONFIG", config.toString());
        MannersOutcome.assertActive(
                MannersOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: " + config + ": option corral.enabled is \"no\"; expected true, false;"
                        + " going on with true");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void missingFilePrintsOneLine(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags("-Dcorral.config=/not/there.properties");
        MannersOutcome.assertActive(
                MannersOutcome.runWithApi(jvm, jdk),
                jdk,
                "corral: system property corral.config: can't read the file /not/there.properties:"
                        + " /not/there.properties (No such file or directory); going on without it");
    }
}
