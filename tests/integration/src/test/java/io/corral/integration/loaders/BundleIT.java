package io.corral.integration.loaders;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ArchiveApplication;
import io.corral.integration.support.StartProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Class loaders that hold the API and do not delegate to their parents, as OSGi bundles do. */
class BundleIT {

    private static final String KEEPS = "corral: a class loader (" + BundleLoader.class.getName()
            + ") has its own copy of the API, and keeps it. What it loads runs unmetered.";

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
    void bundlesUseTheBootLoadersClassesWhicheverWayTheyDefineTheirs(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk), "bundles", "ARRAY", "BUFFER");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.value("ARRAY")).isEqualTo("null true 1");
        assertThat(outcome.value("BUFFER")).isEqualTo("null true 2");
    }

    @ParameterizedTest
    @MethodSource("newest")
    void bundleMayLoadAnApiClassFirst(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk), "api-first");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.value("first")).isEqualTo("null");
        assertThat(outcome.value("bundle")).isEqualTo("null true 1");
    }

    static Stream<Arguments> newestAndKinds() {
        return newest().flatMap(jdk -> Arrays.stream(ThreadKind.values())
                .filter(kind -> kind == ThreadKind.PLATFORM || jdk.hasVirtualThreads())
                .map(kind -> Arguments.of(jdk, kind)));
    }

    @ParameterizedTest
    @MethodSource("newestAndKinds")
    void bundlesStartedDuringTheWeavingWaitForIt(Jdk jdk, ThreadKind kind) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags("-javaagent:" + stubbornAgent());
        ForkedJvm.Outcome outcome = jvm.run(
                "-cp",
                ForkedJvm.testClasses(),
                BundlesAtOnceProgram.class.getName(),
                ForkedJvm.runtimeJar(),
                kind.name());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.number("same")).isEqualTo(BundlesAtOnceProgram.BUNDLES);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void bundleLoadedBeforeTheAgentUsesTheBootLoadersClasses(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).attachingItself();
        ForkedJvm.Outcome outcome = run(jvm, "late", ForkedJvm.agentJar());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.value("late")).isEqualTo("null true 1");
    }

    /** Classes of the copy and of the boot loader would not fit together. */
    @ParameterizedTest
    @MethodSource("newest")
    void bundleThatDefinesTheApiUnseenKeepsItsWholeCopy(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk), "bundles", "NAMELESS", "ARRAY");
        assertThat(outcome.errLines()).containsExactly(KEEPS);
        assertThat(outcome.value("NAMELESS")).startsWith(BundleLoader.class.getName() + "@");
        assertThat(outcome.value("NAMELESS")).contains(" false ");
        assertThat(outcome.value("ARRAY")).isEqualTo("null true 1");
    }

    /** The transformer of another agent blocks, and the weaving has to wait for it. */
    @Tag("full")
    @ParameterizedTest
    @MethodSource("newest")
    void applicationRunsWhileTheWeavingIsBlocked(Jdk jdk) {
        ForkedJvm jvm = ForkedJvm.on(jdk).flags("-javaagent:" + stubbornAgent());
        ForkedJvm.Outcome outcome = run(jvm, "stubborn");
        assertThat(outcome.value("before")).startsWith(BundleLoader.class.getName() + "@");
        assertThat(outcome.value("after")).isEqualTo("null true 1");
        assertThat(outcome.errLines())
                .contains(
                        "corral: ClassLoader could not be woven: it takes longer than 5 s. A class"
                                + " loader that has its own copy of the API uses that, unmetered.",
                        KEEPS);
    }

    @ParameterizedTest
    @MethodSource("newest")
    void withoutTheAgentEachBundleHasItsOwnCopy(Jdk jdk) {
        ForkedJvm.Outcome outcome = run(ForkedJvm.on(jdk).withoutAgent(), "bundles", "ARRAY");
        assertThat(outcome.value("ARRAY")).startsWith(BundleLoader.class.getName() + "@");
    }

    /** The weaving would cost each program some milliseconds. */
    @ParameterizedTest
    @MethodSource("newest")
    void classLoaderIsNotWovenIfNoLoaderCanHoldACopy(Jdk jdk) throws IOException {
        assertThat(woven(jdk, StartProgram.class))
                .contains("java.lang.Thread")
                .doesNotContain("java.lang.ClassLoader");
        assertThat(woven(jdk, BundleProgram.class, "api-first", ForkedJvm.runtimeJar()))
                .contains("java.lang.Thread", "java.lang.ClassLoader");
    }

    private Path stubbornAgent() {
        return ArchiveApplication.agent(folder.resolve("stubborn-agent.jar"), BlockingAgent.class);
    }

    private List<String> woven(Jdk jdk, Class<?> main, String... arguments) throws IOException {
        Path log = folder.resolve(main.getSimpleName() + ".log");
        ForkedJvm.on(jdk)
                .flags("-Xlog:redefine+class+load=debug:file=" + log)
                .runMain(main, arguments);
        String loading = "loading name=";
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(loading))
                .map(line ->
                        line.substring(line.indexOf(loading) + loading.length()).split(" ", 2)[0])
                .toList();
    }

    private static ForkedJvm.Outcome run(ForkedJvm jvm, String what, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "-cp",
                ForkedJvm.testClasses(),
                BundleProgram.class.getName(),
                what,
                ForkedJvm.runtimeJar()));
        command.addAll(List.of(more));
        ForkedJvm.Outcome outcome = jvm.run(command.toArray(new String[0]));
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }
}
