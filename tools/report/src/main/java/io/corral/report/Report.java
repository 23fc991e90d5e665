package io.corral.report;

import io.corral.report.page.Page;
import io.corral.report.recording.RecordingContents;
import io.corral.report.recording.RecordingReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes a page from a flight recording. */
public final class Report {

    private static final String SUFFIX = ".jfr";

    private final String page;
    private final @Nullable String damage;

    private Report(String page, @Nullable String damage) {
        this.page = page;
        this.damage = damage;
    }

    /**
     * Reads a recording. Of a damaged one it reads as much as the parser can.
     *
     * @throws IOException if the file is no recording, or has no events of Corral; the message says
     *     what to do
     */
    public static Report read(Path recording) throws IOException {
        Path name = recording.getFileName();
        return read(recording, name == null ? recording.toString() : name.toString());
    }

    /** Reads a recording that the page calls {@code name}. */
    public static Report read(Path recording, String name) throws IOException {
        RecordingContents contents = RecordingReader.read(recording);
        return new Report(Page.html(name, contents), contents.damage());
    }

    /**
     * The default file of the page, in the folder of the recording: {@code app.html} for
     * {@code app.jfr}.
     */
    public static Path pageFor(Path recording) {
        return pageFor(recording, ".html");
    }

    /** The recording's path with another ending in place of {@code .jfr}, if it has that. */
    public static Path pageFor(Path recording, String ending) {
        Path name = recording.getFileName();
        String text = name == null ? "report" : name.toString();
        return recording.resolveSibling(
                (text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : text)
                        + ending);
    }

    public void write(Path file) throws IOException {
        Files.write(file, page.getBytes(StandardCharsets.UTF_8));
    }

    /** The reason why the rest of the recording could not be read; null if everything was read. */
    public @Nullable String damage() {
        return damage;
    }
}
