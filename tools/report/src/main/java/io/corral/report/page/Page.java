package io.corral.report.page;

import io.corral.report.recording.RecordingContents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The page: one file of HTML, which loads no other file. */
public final class Page {

    private static final List<String> STYLES = List.of("uplot/uPlot.min.css", "report.css");

    /** In the order in which they depend on each other. */
    private static final List<String> SCRIPTS = List.of(
            "uplot/uPlot.iife.min.js",
            "text.js",
            "window.js",
            "model.js",
            "chart.js",
            "table.js",
            "limits.js",
            "meanwhile.js",
            "waits.js",
            "stacks.js",
            "flame.js",
            "report.js");

    private Page() {}

    /**
     * The text of the file.
     *
     * @param title the title of the page, such as the name of the recording
     */
    public static String html(String title, RecordingContents contents) throws IOException {
        return html("report.html", STYLES, SCRIPTS, new PageData(contents).json(title));
    }

    /**
     * The text of a page of another kind.
     *
     * @param json as {@link JsonInHtml#escaped} returns it
     */
    public static String html(
            String template, List<String> styles, List<String> scripts, String json)
            throws IOException {
        return resource(template)
                .replace("/*styles*/", all(styles))
                .replace("/*license*/", resource("uplot/LICENSE").strip())
                .replace("/*scripts*/", all(scripts))
                // Last, so that nothing in it is replaced.
                .replace("/*data*/", json);
    }

    private static String all(List<String> names) throws IOException {
        StringBuilder texts = new StringBuilder();
        for (String name : names) {
            texts.append(resource(name).strip()).append('\n');
        }
        return texts.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = Page.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IOException(name + " is not in this jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
