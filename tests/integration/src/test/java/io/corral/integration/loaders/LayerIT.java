package io.corral.integration.loaders;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API in a module layer that the application creates. */
class LayerIT {

    @TempDir
    Path folder;

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void moduleInALayerWithOneLoaderUsesTheBootLoadersClasses(Jdk jdk) {
        assertOneCopy(run(ForkedJvm.on(jdk), "one", apiAndApp()));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void moduleInALayerWithALoaderForEachUsesTheBootLoadersClasses(Jdk jdk) {
        assertOneCopy(run(ForkedJvm.on(jdk), "many", apiAndApp()));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void moduleAboveTheLayerThatHasTheApiUsesTheBootLoadersClasses(Jdk jdk) {
        assertOneCopy(run(ForkedJvm.on(jdk), "one", ForkedJvm.runtimeJar(), app()));
    }

    @ParameterizedTest
    @MethodSource("newest")
    void moduleAboveABootLayerThatHasTheApiUsesTheBootLoadersClasses(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk)
                .flags("-p", ForkedJvm.runtimeJar(), "--add-modules", "corral.runtime");
        assertOneCopy(run(jvm, "many", app()));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void layerMayLoadAnApiClassFirst(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk), "api-first", apiAndApp());
        assertThat(outcome.value("first")).isEqualTo("null");
        assertOneCopy(outcome);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void moduleLoadedBeforeTheAgentUsesTheBootLoadersClasses(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).attachingItself();
        assertOneCopy(run(jvm, "late", ForkedJvm.agentJar(), apiAndApp()));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void moduleInALayerUsesTheLayersClassesWithoutTheAgent(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk).withoutAgent(), "one", apiAndApp());
        assertThat(outcome.value("api")).startsWith("jdk.internal.loader.Loader@");
        assertThat(outcome.value("active")).isEqualTo("false");
    }

    private String app() {
        return ModularApplication.compile(folder);
    }

    private String apiAndApp() {
        return ForkedJvm.runtimeJar() + File.pathSeparator + app();
    }

    private static void assertOneCopy(ForkedJvm.Outcome outcome) {
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.value("api")).isEqualTo("null");
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("forks")).isEqualTo(1);
    }

    private static ForkedJvm.Outcome run(ForkedJvm jvm, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("-cp", ForkedJvm.testClasses(), LayerProgram.class.getName()));
        command.addAll(List.of(arguments));
        ForkedJvm.Outcome outcome = jvm.run(command.toArray(new String[0]));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.value("module")).isEqualTo("app");
        assertThat(outcome.value("path")).isEqualTo("/module");
        return outcome;
    }
}
