package io.corral.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each link in a Markdown page leads to a file, and to a heading if it names one. */
class LinksTest {

    private static final Path HOME = Path.of("../..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");

    private record Line(int number, String text, boolean isCode) {}

    @Test
    void eachLinkPointsToAnExistingFileAndHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (Line line : lines(page)) {
                Matcher link = LINK.matcher(line.isCode ? "" : line.text);
                while (link.find()) {
                    if (!leadsSomewhere(page, link.group(1), link.group(2))) {
                        broken.add(page + ":" + line.number + ": " + link.group());
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String file, String heading)
            throws IOException {
        if (file.startsWith("https://")) {
            return true;
        }
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target) && (heading == null || headings(target).contains(heading));
    }

    /** Headings in the form that links use. */
    private static Set<String> headings(Path page) throws IOException {
        Set<String> headings = new HashSet<>();
        for (Line line : lines(page)) {
            if (!line.isCode && line.text.startsWith("#")) {
                headings.add(line.text
                        .replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'));
            }
        }
        return headings;
    }

    private static List<Line> lines(Path page) throws IOException {
        List<Line> lines = new ArrayList<>();
        boolean isCode = false;
        for (String text : Files.readAllLines(page)) {
            boolean isFence = text.strip().startsWith("```");
            lines.add(new Line(lines.size() + 1, text, isCode || isFence));
            isCode ^= isFence;
        }
        return lines;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(HOME);
                Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
