package io.corral.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import io.corral.integration.harness.RunningJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive for users, unpacked into a folder whose path has a space. */
class DistributionIT {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");

    @TempDir
    Path folder;

    static Stream<Jdk> oldestAndNewest() {
        return Stream.of(Jdk.all().get(0), Jdk.newest()).distinct();
    }

    @ParameterizedTest
    @MethodSource("oldestAndNewest")
    @Execution(ExecutionMode.CONCURRENT)
    void commandsRunFromTheUnpackedArchive(Jdk jdk) throws IOException {
        Path home = unpack(jdk);
        Path recording = folder.resolve("app.jfr");
        try (RunningJvm app = ForkedJvm.on(jdk)
                .withoutAgent()
                .flags(
                        "-javaagent:" + home.resolve("corral-agent.jar"),
                        "-XX:StartFlightRecording:settings=default,settings="
                                + home.resolve("jfc/corral.jfc")
                                + ",filename="
                                + recording)
                .startMain(WaitingMain.class)) {
            app.await(WaitingMain.READY);
            String pid = Long.toString(app.pid());
            assertThat(run(jdk, home, "--help").out())
                    .contains("top ", "rules ")
                    .doesNotContain("demo ", "bench ");
            assertThat(run(jdk, home, "ls", pid).out()).contains("CONTAINER", "acme");
            assertThat(run(jdk, home, "top", "-n", "1", pid).out()).contains("CONTAINER", "acme");
            assertThat(run(jdk, home, "why", pid, WaitingMain.THREAD).out()).contains("/tenants");
            app.writeLine("end");
            app.end();
        }
        assertThat(run(jdk, home, "ls", recording.toString()).out()).contains("acme");
        assertThat(run(jdk, home, "report", recording.toString()).out()).contains("app.html");
        Path rules = home.resolve("rules/http.rules");
        assertThat(run(jdk, home, "rules", "check", rules.toString()).out())
                .contains("1 rule, no errors");
        try (RunningJvm app = ForkedJvm.on(jdk)
                .withoutAgent()
                .startMain(WaitingMain.class, WaitingMain.WITHOUT_API)) {
            app.await(WaitingMain.READY);
            String pid = Long.toString(app.pid());
            assertThat(run(jdk, home, "attach", pid).out()).contains("active");
            assertThat(run(jdk, home, "ls", pid).out()).contains("CONTAINER");
        }
    }

    @Test
    void demoOfTheArchiveIsOneLine() throws IOException {
        ForkedJvm.Outcome demo = call(Jdk.newest(), unpack(Jdk.newest()), "demo");
        assertThat(demo.exitCode()).isEqualTo(1);
        assertThat(demo.errLines()).hasSize(1);
        assertThat(demo.err()).startsWith("corral: demo needs the sources of Corral");
    }

    @Test
    void eachLinkOfAPageLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages(unpack(Jdk.newest()))) {
            Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                String target = link.group(1);
                if (!target.startsWith("https://") && !Files.exists(page.resolveSibling(target))) {
                    broken.add(page.getFileName() + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<Path> pages(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    @Test
    void examplesCompileWithTheApiAlone() throws IOException {
        Path home = unpack(Jdk.newest());
        Path examples = home.resolve("examples/src/main/java/io/corral/examples");
        ForkedJvm.Outcome compiler = ForkedJvm.on(Jdk.newest())
                .runCommand(List.of(
                        Jdk.newest().home().resolve("bin/javac").toString(),
                        "-proc:none",
                        "-d",
                        folder.resolve("classes").toString(),
                        "-cp",
                        home.resolve("lib/corral-runtime.jar").toString(),
                        examples.resolve("OwnSubsystem.java").toString(),
                        examples.resolve("ThreadsMax.java").toString()));
        assertThat(compiler.exitCode()).as(compiler.err()).isZero();
    }

    /** What they need of JUnit, Micrometer and OpenTelemetry the application has. */
    @Test
    void jarsForApplicationsNeedNoOtherJarOfCorralThanTheirPagesName() throws IOException {
        Path libraries = unpack(Jdk.newest()).resolve("lib");
        assertThat(missing(libraries, "corral-junit.jar", "corral-runtime.jar"))
                .contains("org.junit.jupiter")
                .doesNotContain("-> io.corral.");
        assertThat(missing(libraries, "corral-micrometer.jar", "corral-series.jar"))
                .contains("io.micrometer", "-> io.corral.Containers")
                .doesNotContain("-> io.corral.metricseries.");
        assertThat(missing(libraries, "corral-opentelemetry.jar", "corral-runtime.jar"))
                .contains("io.opentelemetry")
                .doesNotContain("-> io.corral.");
    }

    /** The classes that a jar needs and that are not in another one, as jdeps prints them. */
    private static String missing(Path libraries, String jar, String other) {
        return ForkedJvm.on(Jdk.newest())
                .runCommand(List.of(
                        Jdk.newest().home().resolve("bin/jdeps").toString(),
                        "--missing-deps",
                        "-cp",
                        libraries.resolve(other).toString(),
                        libraries.resolve(jar).toString()))
                .out();
    }

    @Test
    void versionIsThatOfTheArchive() throws IOException {
        Path home = unpack(Jdk.newest());
        assertThat(run(Jdk.newest(), home, "--version").out().strip())
                .isEqualTo(home.getFileName().toString().replaceFirst("-", " "));
    }

    @Test
    void eachLibraryHasItsLicense() throws IOException {
        Path home = unpack(Jdk.newest());
        String licenses = Files.readString(home.resolve("licenses/README.md"));
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            assertThat(libraries
                            .map(library -> library.getFileName().toString())
                            .filter(name -> !name.startsWith("corral-"))
                            .map(name -> name.replaceFirst("-[0-9].*", "")))
                    .isNotEmpty()
                    .allMatch(licenses::contains);
        }
    }

    @Test
    void bothArchivesHaveTheSameFiles() throws IOException {
        Path home = unpack(Jdk.newest());
        List<String> unpacked = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(Files::isRegularFile)
                    .map(file -> home.getParent().relativize(file).toString())
                    .forEach(unpacked::add);
        }
        List<String> zipped = new ArrayList<>();
        try (ZipFile zip = new ZipFile(archive(".zip").toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    zipped.add(entry.getName());
                    try (InputStream content = zip.getInputStream(entry)) {
                        assertThat(content)
                                .hasSameContentAs(Files.newInputStream(
                                        home.getParent().resolve(entry.getName())));
                    }
                }
            }
        }
        assertThat(zipped).containsExactlyInAnyOrderElementsOf(unpacked);
    }

    /** Unpacks the archive for Unix, which keeps the mode of the script. */
    private Path unpack(Jdk jdk) throws IOException {
        Path parent = Files.createDirectories(folder.resolve("a path"));
        ForkedJvm.Outcome tar = ForkedJvm.on(jdk)
                .runCommand(List.of(
                        "tar", "-xzf", archive(".tar.gz").toString(), "-C", parent.toString()));
        assertThat(tar.exitCode()).as(tar.err()).isZero();
        try (Stream<Path> unpacked = Files.list(parent)) {
            return unpacked.findFirst().orElseThrow();
        }
    }

    private static Path archive(String ending) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private ForkedJvm.Outcome run(Jdk jdk, Path home, String... words) {
        ForkedJvm.Outcome outcome = call(jdk, home, words);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }

    private ForkedJvm.Outcome call(Jdk jdk, Path home, String... words) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/corral").toString()));
        command.addAll(List.of(words));
        return ForkedJvm.on(jdk)
                .environment("JAVA_HOME", jdk.home().toString())
                .environment("PATH", "/usr/bin:/bin")
                .directory(folder.toFile())
                .runCommand(command);
    }
}
