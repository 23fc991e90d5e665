package io.corral.integration.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code and the flags of the page for newcomers. */
class GettingStartedIT {

    private static final Pattern CODE = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern FLAG = Pattern.compile("-XX:\\S+=[^\\s\"]+");

    private static final String PROGRAM = "Shares";

    @TempDir
    Path folder;

    private String page = "";

    @BeforeEach
    void readPage() throws IOException {
        page = Files.readString(Path.of("../../docs/getting-started.md"));
    }

    @Test
    void snippetPrintsShares() throws IOException {
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest()).run("-cp", classPath(), PROGRAM);
        assertThat(outcome.out().lines())
                .contains("100.0%  /")
                .anyMatch(line -> line.matches(" *[0-9]+\\.[0-9]%  /jvm.*"));
        assertThat(outcome.out().lines().filter(line -> line.startsWith("100.0%")))
                .hasSize(1);
    }

    @Test
    void snippetSaysThatTheAgentIsNotLoaded() throws IOException {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(Jdk.newest()).withoutAgent().run("-cp", classPath(), PROGRAM);
        assertThat(outcome.out())
                .isEqualToNormalizingNewlines("CPU time is unknown: the agent is not loaded\n");
    }

    /** The snippet as the main method of a class, compiled. */
    private String classPath() throws IOException {
        Matcher code = CODE.matcher(page);
        assertThat(code.find()).isTrue();
        Path source = Files.writeString(
                folder.resolve(PROGRAM + ".java"),
                "import io.corral.*;\nclass " + PROGRAM
                        + " { public static void main(String[] arguments) {\n" + code.group(1)
                        + "} }\n");
        ForkedJvm.Outcome compiler = ForkedJvm.on(Jdk.newest())
                .runCommand(List.of(
                        Jdk.newest().command("javac"),
                        "-cp",
                        ForkedJvm.runtimeJar(),
                        "-d",
                        folder.toString(),
                        source.toString()));
        assertThat(compiler.exitCode()).as(compiler.err()).isZero();
        return folder + File.pathSeparator + ForkedJvm.runtimeJar();
    }

    /** A folder in a file can't be made, as in a file system that is read-only. */
    @Tag("full")
    @Test
    void recordingNeedsAFolderThatCanBeWritten() throws IOException {
        String temporary = "-Djava.io.tmpdir="
                + Files.writeString(folder.resolve("file"), "").resolve("tmp");
        Path volume = Files.createDirectory(folder.resolve("data"));
        Matcher flags = FLAG.matcher(page.substring(page.indexOf("read-only")));
        assertThat(flags.find()).isTrue();
        String repository = flags.group().replace("/data", volume.toString());
        assertThat(flags.find()).isTrue();
        String recording = flags.group().replace("/data", volume.toString());

        assertThat(ForkedJvm.on(Jdk.newest())
                        .flags(temporary, recording)
                        .run("-cp", classPath(), PROGRAM)
                        .exitCode())
                .isNotZero();
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest())
                .flags(temporary, repository, recording)
                .run("-cp", classPath(), PROGRAM);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("100.0%  /");
        assertThat(volume.resolve("app.jfr")).isNotEmptyFile();
    }
}
