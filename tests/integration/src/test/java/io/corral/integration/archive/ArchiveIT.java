package io.corral.integration.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.ArchiveApplication;
import io.corral.integration.support.ArchiveProgram;
import io.corral.integration.support.ArchiveProgramWithApi;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application's own class archives stay in use. */
class ArchiveIT {

    private static final String APPLICATION_ARCHIVE = "shared objects file (top)";
    private static final String TRAINING =
            "corral: training run for a class archive: nothing installed, nothing counted";

    /** Classes that come with the agent; their number does not matter. */
    private static final Pattern CORRAL_CLASS =
            Pattern.compile(" (io\\.corral\\.(?!integration\\.)|[a-z.]+\\.Corral[A-Z])");

    private static final Pattern APPLICATION_CLASS = Pattern.compile(" (org|io\\.corral)\\.");

    /**
     * The share of the application's classes that may be missing in a cache. The JVM archives no
     * class that refers to one that is not there. These are 0.4% of the libraries' classes.
     */
    private static final double MAX_UNARCHIVED = 0.01;

    /**
     * How many classes of the JDK may be missing. A training run installs nothing. So the cache
     * lacks some 50 classes that only the active agent uses.
     */
    private static final int MAX_CLASSES_OF_THE_AGENT = 100;

    /** Hidden classes, and the lines of classes that were shared and are then woven. */
    private static final Pattern MADE_AT_RUN_TIME = Pattern.compile("/0x|__VM_RedefineClasses__");

    @TempDir
    Path folder;

    private List<String> libraries = List.of();
    private String classPath = "";

    static Stream<Jdk> jdks() {
        return Jdk.eachInFullRun().stream();
    }

    static Stream<Jdk> newest() {
        return Stream.of(Jdk.newest());
    }

    static Stream<Jdk> jdksWithAotCaches() {
        return jdks().filter(jdk -> jdk.feature() >= 25);
    }

    @BeforeEach
    void writeApplication() {
        libraries = ArchiveApplication.libraries();
        List<String> jars = new ArrayList<>(libraries);
        jars.add(ArchiveApplication.jar(folder).toString());
        jars.add(ForkedJvm.runtimeJar());
        classPath = String.join(File.pathSeparator, jars);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("jdks")
    void archiveDumpedWithoutTheAgentServesTheApplication(Jdk jdk) throws IOException {
        Path archive = folder.resolve("app.jsa");
        run(ForkedJvm.on(jdk).withoutAgent().flags("-XX:ArchiveClassesAtExit=" + archive));
        String use = "-XX:SharedArchiveFile=" + archive;
        ForkedJvm.Outcome idle = run(logging(ForkedJvm.on(jdk)
                .withoutAgent()
                .flags("-javaagent:" + ArchiveApplication.idleAgent(folder), use)));
        List<String> archived = archivedClasses();

        ForkedJvm.Outcome outcome = run(logging(ForkedJvm.on(jdk).flags(use)));
        assertCounted(outcome, jdk);
        assertThat(outcome.err()).isEmpty();
        assertThat(linesOfTheJvm(outcome)).isEqualTo(linesOfTheJvm(idle));
        assertThat(archived).hasSizeGreaterThan(500).contains(ArchiveProgram.class.getName());
        archived.removeAll(archivedClasses());
        assertThat(archived).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("newest")
    void archivedCopyOfTheApiIsReplacedByTheAgentsCopy(Jdk jdk) throws IOException {
        Path archive = folder.resolve("api.jsa");
        runWithApi(ForkedJvm.on(jdk).withoutAgent().flags("-XX:ArchiveClassesAtExit=" + archive));

        ForkedJvm.Outcome outcome =
                runWithApi(logging(ForkedJvm.on(jdk).flags("-XX:SharedArchiveFile=" + archive)));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("forks")).isEqualTo(1);
        assertThat(archivedClasses()).contains(ArchiveProgramWithApi.class.getName());
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithAotCaches")
    void cacheOfTwoStepsServesAnApplicationWithTheAgentActive(Jdk jdk) throws IOException {
        String configuration = "-XX:AOTConfiguration=" + folder.resolve("app.conf");
        String cache = "-XX:AOTCache=" + folder.resolve("app.aot");
        ForkedJvm.Outcome recorded =
                run(ForkedJvm.on(jdk).flags("-XX:AOTMode=record", configuration));
        assertThat(recorded.errLines()).containsExactly(TRAINING);
        assertThat(recorded.value("active")).isEqualTo("false");
        ForkedJvm.Outcome created = ForkedJvm.on(jdk)
                .flags("-XX:AOTMode=create", configuration, cache)
                .run("-cp", classPath);
        assertThat(created.exitCode()).as(created.toString()).isZero();
        assertServed(jdk, cache);
    }

    @Tag("full")
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithAotCaches")
    void cacheOfOneStepServesAnApplicationWithTheAgentActive(Jdk jdk) throws IOException {
        Path cache = folder.resolve("app.aot");
        ForkedJvm.Outcome recorded = run(ForkedJvm.on(jdk).flags("-XX:AOTCacheOutput=" + cache));
        assertThat(recorded.errLines()).contains(TRAINING);
        assertThat(recorded.value("active")).isEqualTo("false");
        assertServed(jdk, "-XX:AOTCache=" + cache);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("jdksWithAotCaches")
    void cachedCopyOfTheApiIsReplacedByTheAgentsCopy(Jdk jdk) {
        Path cache = folder.resolve("api.aot");
        runWithApi(ForkedJvm.on(jdk).flags("-XX:AOTCacheOutput=" + cache));
        ForkedJvm.Outcome outcome =
                runWithApi(ForkedJvm.on(jdk).flags("-XX:AOTCache=" + cache, "-XX:AOTMode=on"));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("forks")).isEqualTo(1);
    }

    private void assertServed(Jdk jvm, String cache) throws IOException {
        ForkedJvm.Outcome outcome = run(logging(ForkedJvm.on(jvm).flags(cache)));
        assertCounted(outcome, jvm);
        assertThat(outcome.err()).isEmpty();
        List<String> application = new ArrayList<>();
        List<String> jdk = new ArrayList<>();
        List<String> read =
                loaded().filter(line -> !CORRAL_CLASS.matcher(line).find()).toList();
        for (String line : read) {
            (APPLICATION_CLASS.matcher(line).find() ? application : jdk).add(line);
        }
        assertThat(notShared(application).size() / (double) application.size())
                .as("share of classes that are not in the cache: " + notShared(application))
                .isLessThan(MAX_UNARCHIVED);
        assertThat(notShared(jdk))
                .filteredOn(line -> !MADE_AT_RUN_TIME.matcher(line).find())
                .hasSizeLessThan(MAX_CLASSES_OF_THE_AGENT);
    }

    private static List<String> notShared(List<String> loaded) {
        return loaded.stream()
                .filter(line -> !line.contains("source: shared objects file"))
                .toList();
    }

    private static void assertCounted(ForkedJvm.Outcome outcome, Jdk jdk) {
        int threads = ArchiveProgram.THREADS * (jdk.hasVirtualThreads() ? 2 : 1);
        assertThat(outcome.value("active")).isEqualTo("true");
        assertThat(outcome.number("forks")).isEqualTo(threads);
        assertThat(outcome.number("exits")).isEqualTo(threads);
    }

    private ForkedJvm.Outcome run(ForkedJvm jvm) {
        List<String> command = new ArrayList<>(List.of("-cp", classPath));
        command.add(ArchiveProgram.class.getName());
        command.addAll(libraries);
        return checked(jvm.run(command.toArray(new String[0])));
    }

    private ForkedJvm.Outcome runWithApi(ForkedJvm jvm) {
        return checked(jvm.run("-cp", classPath, ArchiveProgramWithApi.class.getName()));
    }

    private static ForkedJvm.Outcome checked(ForkedJvm.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }

    private ForkedJvm logging(ForkedJvm jvm) {
        return jvm.flags("-Xlog:class+load:file=" + folder.resolve("loaded.txt"));
    }

    private Stream<String> loaded() throws IOException {
        return Files.readAllLines(folder.resolve("loaded.txt")).stream();
    }

    /** The loaded classes of the application and its libraries. */
    private List<String> archivedClasses() throws IOException {
        List<String> classes = new ArrayList<>();
        loaded().filter(line -> line.endsWith(" source: " + APPLICATION_ARCHIVE))
                .map(line -> line.split(" ")[1])
                .filter(name ->
                        name.startsWith("org.") || name.startsWith("io.corral.integration."))
                .forEach(classes::add);
        return classes;
    }

    /** The JVM's lines about archives, without the time stamp. */
    private static List<String> linesOfTheJvm(ForkedJvm.Outcome outcome) {
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith("["))
                .map(line -> line.substring(line.indexOf(']')))
                .toList();
    }
}
