package io.corral.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts in the main code that can become part of a line for the user: string literals, with
 * neighbours joined, but for those of annotations, of exceptions of the API, and of standard
 * output, and for text blocks, which are data.
 */
final class PrintedTexts {

    private static final String LITERAL = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "//[^\n]*|/\\*.*?\\*/|'(?:[^'\\\\]|\\\\.)*'|" + LITERAL, Pattern.DOTALL);
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"{3}.*?\"{3}", Pattern.DOTALL);
    private static final Pattern JOINED =
            Pattern.compile(LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*");
    private static final Pattern ONE = Pattern.compile(LITERAL);
    private static final Pattern CALL_TO_SKIP = Pattern.compile("@\\w+\\(|\\bout\\.print\\w*\\("
            + "|new (?:Illegal|Unsupported|NullPointer|ForkRefused|Assertion)\\w*\\(");

    private PrintedTexts() {}

    /** The texts with at least so many words, with single spaces. */
    static List<String> ofAtLeast(int words) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : sources()) {
            Matcher joined =
                    JOINED.matcher(withoutSkippedCalls(withoutComments(Files.readString(file))));
            while (joined.find()) {
                String text = withoutPrefix(oneLine(content(joined.group())));
                if (text.split(" ", -1).length >= words) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    private static String withoutPrefix(String text) {
        return text.startsWith("corral: ") ? text.substring("corral: ".length()) : text;
    }

    static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static List<Path> sources() throws IOException {
        Path project = Path.of("../..");
        List<Path> sources = new ArrayList<>(javaFiles(project.resolve("runtime/src/main/java")));
        sources.addAll(javaFiles(project.resolve("tools/commands/src/main/java")));
        sources.addAll(javaFiles(project.resolve("tools/report/src/main/java")));
        sources.addAll(javaFiles(project.resolve("libraries/opentelemetry/src/main/java")));
        try (Stream<Path> modules = Files.list(project.resolve("agent"))) {
            modules.filter(module -> !module.endsWith("packager"))
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .forEach(folder -> sources.addAll(javaFiles(folder)));
        }
        return sources;
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String withoutComments(String source) {
        return COMMENT_OR_LITERAL
                .matcher(TEXT_BLOCK.matcher(source).replaceAll(""))
                .replaceAll(found -> found.group().startsWith("\"")
                        ? Matcher.quoteReplacement(found.group())
                        : " ");
    }

    private static String withoutSkippedCalls(String source) {
        String rest = source;
        Matcher call = CALL_TO_SKIP.matcher(rest);
        while (call.find()) {
            rest = rest.substring(0, call.start()) + " "
                    + rest.substring(endOfCall(rest, call.end()));
            call = CALL_TO_SKIP.matcher(rest);
        }
        return rest;
    }

    private static int endOfCall(String source, int afterParenthesis) {
        int depth = 1;
        int at = afterParenthesis;
        Matcher literal = ONE.matcher(source);
        while (depth > 0) {
            if (source.charAt(at) == '"' && literal.find(at)) {
                at = literal.end();
                continue;
            }
            depth += source.charAt(at) == '(' ? 1 : source.charAt(at) == ')' ? -1 : 0;
            at++;
        }
        return at;
    }

    private static String content(String literals) {
        StringBuilder content = new StringBuilder();
        Matcher literal = ONE.matcher(literals);
        while (literal.find()) {
            String quoted = literal.group();
            content.append(quoted, 1, quoted.length() - 1);
        }
        return content.toString().replace("\\\"", "\"");
    }
}
