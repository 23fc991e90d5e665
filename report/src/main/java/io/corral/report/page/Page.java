package io.corral.report.page;

import io.corral.report.recording.Contents;

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
            "model.js",
            "chart.js",
            "table.js",
            "stacks.js",
            "flame.js",
            "report.js");

    private final String html;
    private final double placedShare;

    /** @param title the title of the page, such as the name of the recording */
    public Page(String title, Contents contents) throws IOException {
        PageData data = new PageData(contents);
        placedShare = data.samples().placedShare();
        html = resource("report.html")
                .replace("/*styles*/", all(STYLES))
                .replace("/*license*/", resource("uplot/LICENSE").strip())
                .replace("/*scripts*/", all(SCRIPTS))
                // Last, so that nothing in it is replaced.
                .replace("/*data*/", data.json(title));
    }

    /** The text of the file. */
    public String html() {
        return html;
    }

    /**
     * The share of the CPU time samples with a known container, from 0 to 1; NaN if there are no
     * samples.
     */
    public double placedShare() {
        return placedShare;
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
