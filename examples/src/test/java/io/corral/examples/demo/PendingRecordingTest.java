package io.corral.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingRecordingTest {

    @TempDir
    private Path folder;

    @Test
    void targetChangesOnlyWhenTheRecordingIsComplete() throws IOException {
        Path target = Files.writeString(folder.resolve("a,b.jfr"), "earlier");
        try (PendingRecording first = PendingRecording.of(target);
                PendingRecording second = PendingRecording.of(target)) {
            Files.writeString(first.file(), "first");
            Files.writeString(second.file(), "second");
            assertThat(target).hasContent("earlier");
            second.complete();
            assertThat(target).hasContent("second");
            first.complete();
            assertThat(target).hasContent("first");
        }
        assertThat(folder.toFile().list()).containsExactly("a,b.jfr");
    }

    @Test
    void incompleteRecordingIsDeleted() throws IOException {
        Path target = Files.writeString(folder.resolve("a.jfr"), "earlier");
        try (PendingRecording pending = PendingRecording.of(target)) {
            Files.writeString(pending.file(), "incomplete");
        }
        assertThat(target).hasContent("earlier");
        assertThat(folder.toFile().list()).containsExactly("a.jfr");
    }

    @Test
    void directoryIsNotReplaced() throws IOException {
        Path target = Files.createDirectory(folder.resolve("a.jfr"));
        try (PendingRecording pending = PendingRecording.of(target)) {
            Files.writeString(pending.file(), "recording");
            assertThatThrownBy(pending::complete).isInstanceOf(IOException.class);
        }
        assertThat(target).isEmptyDirectory();
    }
}
