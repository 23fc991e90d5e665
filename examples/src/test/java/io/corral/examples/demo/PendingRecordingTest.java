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

    @Test
    void demosWithoutATargetHaveFilesOfTheirOwn() throws IOException {
        Files.writeString(folder.resolve("demo.jfr"), "earlier");
        Files.writeString(folder.resolve("demo-2.html"), "page of a recording that was deleted");
        try (PendingRecording first = PendingRecording.ofUnusedName(folder.resolve("demo"));
                PendingRecording second = PendingRecording.ofUnusedName(folder.resolve("demo"));
                PendingRecording failed = PendingRecording.ofUnusedName(folder.resolve("demo"))) {
            Files.writeString(first.file(), "first");
            Files.writeString(second.file(), "second");
            assertThat(first.target()).isEqualTo(folder.resolve("demo-3.jfr"));
            assertThat(failed.target()).isEqualTo(folder.resolve("demo-4.jfr"));
            second.complete();
            first.complete();
        }
        assertThat(folder.resolve("demo.jfr")).hasContent("earlier");
        assertThat(folder.resolve("demo-3.jfr")).hasContent("first");
        assertThat(folder.resolve("demo-5.jfr")).hasContent("second");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("demo.jfr", "demo-2.html", "demo-3.jfr", "demo-5.jfr");
    }
}
