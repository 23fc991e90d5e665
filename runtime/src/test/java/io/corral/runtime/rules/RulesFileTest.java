package io.corral.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.membership.Trees;
import io.corral.runtime.placement.EntryTargets;
import io.corral.runtime.placement.EntryWeaver;
import io.corral.runtime.placement.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file is read that changes. */
class RulesFileTest {

    private static final Thread THREAD = new Thread(() -> {}, "rules-file");

    @TempDir
    private Path folder;

    private final RulesFile rules = new RulesFile();
    private Path file;

    @BeforeEach
    void install() throws IOException {
        file = folder.resolve("rules.conf");
        write("thread rules-file -> /first");
        rules.install(file.toString(), new NoWeaver());
    }

    @AfterEach
    void uninstall() {
        rules.uninstall();
    }

    @Test
    void whatChangesIsReadOnceItHasNotChangedBetweenTwoLooks() throws IOException {
        assertIsReadOnceItIsWhole();
    }

    @Test
    void oneThatComesBackIsReadOnceItHasNotChangedBetweenTwoLooks() throws IOException {
        Files.delete(file);
        rules.lookAgain();
        rules.lookAgain();
        assertThat(decides()).isEqualTo(file + ":1");
        assertIsReadOnceItIsWhole();
    }

    private void assertIsReadOnceItIsWhole() throws IOException {
        write("# half of it");
        rules.lookAgain();
        assertThat(decides()).isEqualTo(file + ":1");
        write("# all of it\nthread rules-file -> /second");
        rules.lookAgain();
        assertThat(decides()).isEqualTo(file + ":1");
        rules.lookAgain();
        assertThat(decides()).isEqualTo(file + ":2");
    }

    private static String decides() {
        return Placement.rule(THREAD, false, Trees.ROOT, false);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text + "\n");
    }

    /** No rule here names methods. */
    private static final class NoWeaver implements EntryWeaver {
        @Override
        public void weave(EntryTargets targets) {}
    }
}
