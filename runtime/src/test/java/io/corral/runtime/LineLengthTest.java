package io.corral.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Lines of Java and of Markdown have at most 100 columns, in all modules. Links are excepted, and
 * so are tables and code blocks of Markdown.
 */
class LineLengthTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final int COLUMNS = 100;

    /** Folders that are not the project's sources. */
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", ".vscode");

    private static final Pattern LINK_TARGET = Pattern.compile("\\]\\([^)]*\\)|https?://\\S+");

    @Test
    void linesHaveAtMostAHundredColumns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files()) {
            for (int line : longLines(file)) {
                tooLong.add(PROJECT.relativize(file) + ":" + line);
            }
        }
        assertThat(tooLong).as("lines over %s columns", COLUMNS).isEmpty();
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes unused) {
                return SKIPPED.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes unused) {
                String name = file.getFileName().toString();
                if (name.endsWith(".java") || name.endsWith(".md")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** The numbers of the lines that are too long. */
    private static List<Integer> longLines(Path file) throws IOException {
        boolean isMarkdown = file.toString().endsWith(".md");
        List<Integer> longLines = new ArrayList<>();
        boolean isCode = false;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (isMarkdown && line.stripLeading().startsWith("```")) {
                isCode = !isCode;
            }
            boolean isChecked = !isMarkdown || (!isCode && !line.startsWith("|"));
            if (isChecked && LINK_TARGET.matcher(line).replaceAll("").length() > COLUMNS) {
                longLines.add(number);
            }
        }
        return longLines;
    }
}
