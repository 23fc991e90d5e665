package io.corral.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code distribution/release} refuses before it builds anything. */
class ReleaseScriptIT {

    private record Outcome(int status, String text) {}

    @TempDir
    private Path sources;

    @BeforeEach
    void commitSources() throws IOException {
        assumeTrue(isOnPath("git"), "git is not installed");
        Path folder = Files.createDirectory(sources.resolve("distribution"));
        Path script = Files.copy(Path.of("release"), folder.resolve("release"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                sources.resolve("CHANGELOG.md"), "# Changelog\n\n## 0.2.0\n\n- One.\n\n## 0.1.0\n");
        run("git", "init", "-q");
        run("git", "add", ".");
        run(
                "git",
                "-c",
                "user.name=test",
                "-c",
                "user.email=test@corral.example",
                "commit",
                "-qm",
                "Sources");
    }

    @Test
    void versionThatIsMissingOrIsNoReleaseIsRefused() {
        assertRefused("no version\nusage: distribution/release VERSION [--sign KEY]");
        assertRefused("\"0.2.0-SNAPSHOT\" is not a version to release", "0.2.0-SNAPSHOT");
        assertRefused("\"1\" is not a version to release: it is three numbers", "1");
        assertRefused("one version at a time", "0.2.0", "0.3.0");
        assertRefused("unknown option --push", "--push");
    }

    @Test
    void versionWithoutNotesIsRefused() {
        assertRefused("CHANGELOG.md has no section \"## 0.3.0\"", "0.3.0");
    }

    @Test
    void versionWithEmptyNotesIsRefused() {
        assertRefused("the section \"## 0.1.0\" of CHANGELOG.md is empty", "0.1.0");
    }

    @Test
    void changesThatAreNotCommittedAreRefused() throws IOException {
        Files.writeString(sources.resolve("new.txt"), "new");
        assertRefused("there are changes that are not committed:\n?? new.txt", "0.2.0");
    }

    @Test
    void releaseIsKeptWhereThereIsNoRepository() throws IOException {
        Path known = Files.createDirectories(sources.resolve("target/release/0.2.0"));
        Files.move(sources.resolve(".git"), sources.resolve("moved"));
        Outcome outcome = run("distribution/release", "0.2.0");
        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.text).contains("release: git can't read the sources in ");
        assertThat(known).exists();
    }

    @Test
    void keyThatGpgDoesNotHaveIsRefused() {
        assumeTrue(isOnPath("gpg"), "gpg is not installed");
        assertRefused("gpg has no secret key nobody", "0.2.0", "--sign", "nobody");
        assertRefused("--sign needs a key of gpg", "0.2.0", "--sign");
    }

    private void assertRefused(String message, String... arguments) {
        List<String> command = new ArrayList<>(List.of("distribution/release"));
        command.addAll(List.of(arguments));
        Outcome outcome = run(command.toArray(String[]::new));
        assertThat(outcome.status).as(outcome.text).isEqualTo(1);
        assertThat(outcome.text).startsWith("release: ").contains(message);
        assertThat(sources.resolve("target")).doesNotExist();
    }

    private boolean isOnPath(String program) {
        return run("sh", "-c", "command -v " + program).status == 0;
    }

    private Outcome run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(sources.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
