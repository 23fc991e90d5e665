package io.corral.rules.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.placement.EntryTargets;
import io.corral.runtime.placement.EntryWeaver;
import io.corral.runtime.placement.Placement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests when a changed rules file is read. */
class RulesFileTest {

    private static final Thread THREAD = new Thread(() -> {}, "rules-file");

    @TempDir
    private Path folder;

    private final RulesFile rules = new RulesFile();
    private final Weaver weaver = new Weaver();
    private Path file;

    @BeforeEach
    void install() throws IOException {
        file = folder.resolve("rules.conf");
        write("thread rules-file -> /first");
        rules.install(file.toString(), weaver);
    }

    @AfterEach
    void uninstall() {
        rules.uninstall();
    }

    @Test
    void changedFileIsReadOnceItIsUnchangedBetweenTwoPolls() throws IOException {
        assertIsReadOnceComplete();
    }

    @Test
    void recreatedFileIsReadOnceItIsUnchangedBetweenTwoPolls() throws IOException {
        Files.delete(file);
        rules.poll();
        rules.poll();
        assertThat(decides()).isEqualTo(file + ":1: thread rules-file -> /first");
        assertIsReadOnceComplete();
    }

    @Test
    void eachUnreadableVersionIsReportedOnce() throws IOException {
        for (String broken :
                List.of("thread Pr\u00fcfer -> /a", "-> /b\nthread Pr\u00fcfer -> /b")) {
            Files.writeString(file, broken, StandardCharsets.ISO_8859_1);
            List<String> logged = LoggedLines.during(() -> {
                for (int i = 0; i < 5; i++) {
                    rules.poll();
                }
            });
            assertThat(logged)
                    .singleElement()
                    .asString()
                    .contains("line " + broken.lines().count() + " is not in UTF-8");
        }
    }

    @Test
    void fileSwappedForOneOfTheSameSizeAndTimeIsRead() throws IOException {
        Path other = folder.resolve("other.conf");
        Files.writeString(other, "thread rules-file -> /other\n");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        assertThat(Files.size(other)).isEqualTo(Files.size(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        rules.poll();
        rules.poll();
        assertThat(Placement.of(THREAD, false, Membership.ROOT, null)
                        .membership()
                        .container(Trees.MAIN)
                        .path())
                .isEqualTo("/other");
    }

    /** Reading it would wait for a writer. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void fifoIsRefusedWithoutBeingRead() throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo");
        Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
        assertThat(LoggedLines.during(() -> rules.install(fifo.toString(), weaver)))
                .containsExactly("can't read the rules in " + fifo
                        + ": it is not a regular file; the rules stay as they were");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/zero"})
    void deviceIsRefused(String device) {
        assertThat(LoggedLines.during(() -> rules.install(device, weaver)))
                .containsExactly("can't read the rules in " + device
                        + ": it is not a regular file; the rules stay as they were");
    }

    /** Without a rule for methods there is nothing to weave. */
    @Test
    void failedWeaverIsNotCalledWithoutARuleForMethods() throws IOException {
        weaver.fails = true;
        installMethodRule("/one");
        int before = weaver.count;
        for (int i = 0; i < 3; i++) {
            write("thread rules-file -> /n" + i);
            assertThat(LoggedLines.during(() -> rules.install(file.toString(), weaver)))
                    .noneMatch(line -> line.contains("may not be in force"));
        }
        assertThat(weaver.count).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void failedWeavingIsTriedAgainWithTheNextRules() throws IOException {
        weaver.fails = true;
        installMethodRule("/one");
        assertThat(weaver.count).isEqualTo(1);
        installMethodRule("/two");
        assertThat(weaver.count).isEqualTo(2);
        weaver.fails = false;
        installMethodRule("/two");
        assertThat(weaver.count).isEqualTo(3);
        installMethodRule("/three");
        assertThat(weaver.count).as("the rules match the same methods").isEqualTo(3);
    }

    /** Installs the file again, as a repeated attach does. */
    private void installMethodRule(String path) throws IOException {
        write("enter com.acme.Orders#take -> " + path);
        rules.install(file.toString(), weaver);
    }

    private void assertIsReadOnceComplete() throws IOException {
        write("# half of it");
        rules.poll();
        assertThat(decides()).isEqualTo(file + ":1: thread rules-file -> /first");
        write("# all of it\nthread rules-file -> /second");
        rules.poll();
        assertThat(decides()).isEqualTo(file + ":1: thread rules-file -> /first");
        rules.poll();
        assertThat(decides()).isEqualTo(file + ":2: thread rules-file -> /second");
    }

    private static String decides() {
        return Placement.of(THREAD, false, Membership.ROOT, null).rule();
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text + "\n");
    }

    private static final class Weaver implements EntryWeaver {
        private int count;
        private boolean fails;

        @Override
        public void weave(EntryTargets targets) throws ReflectiveOperationException {
            count++;
            if (fails) {
                throw new ReflectiveOperationException("the jar is gone");
            }
        }
    }
}
