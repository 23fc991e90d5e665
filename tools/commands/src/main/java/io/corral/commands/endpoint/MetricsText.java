package io.corral.commands.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parses the text of a metrics endpoint: Prometheus's text format 0.0.4, and OpenMetrics 1.0. It
 * checks the form of each line, and skips comments, timestamps and exemplars. No library that is
 * still kept parses these formats in Java.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">The text format</a>
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics</a>
 */
final class MetricsText {

    private static final int LONGEST_QUOTE = 40;

    private final String line;
    private int next;

    private MetricsText(String line) {
        this.line = line;
    }

    /**
     * The samples in their order.
     *
     * @throws MetricsTextException if a line is neither a comment nor a sample
     */
    static List<Sample> parse(String text) throws MetricsTextException {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        for (int begin = 0; begin < text.length(); ) {
            int end = text.indexOf('\n', begin);
            String line = text.substring(begin, end < 0 ? text.length() : end);
            begin = end < 0 ? text.length() : end + 1;
            number++;
            MetricsText parser = new MetricsText(line);
            parser.skipBlanks();
            if (!parser.isAtEnd() && parser.peek() != '#') {
                try {
                    samples.add(parser.sample());
                } catch (MetricsTextException error) {
                    throw error.in(number, quoted(line));
                }
            }
        }
        return samples;
    }

    /** The beginning of a line, without characters that would change a screen. */
    private static String quoted(String line) {
        String beginning = line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) : line;
        return '"' + beginning.replaceAll("[^\\x20-\\x7e]", "?") + '"';
    }

    private Sample sample() throws MetricsTextException {
        String metric = isAtEnd() || peek() == '{' ? "" : name();
        Map<String, String> labels = new LinkedHashMap<>();
        skipBlanks();
        if (!isAtEnd() && peek() == '{') {
            next++;
            metric = labels(metric, labels);
        }
        if (metric.isEmpty()) {
            throw new MetricsTextException("it has no name of a metric");
        }
        double value = number(word());
        skipBlanks();
        if (!isAtEnd() && peek() != '#') {
            number(word());
            skipBlanks();
        }
        if (!isAtEnd() && peek() != '#') {
            throw new MetricsTextException("text after the timestamp");
        }
        return new Sample(metric, labels, value);
    }

    /**
     * Reads labels up to the closing brace. A name that is not a plain one is quoted there, as
     * Prometheus 3 writes it.
     *
     * @return the name of the metric
     */
    private String labels(String nameBefore, Map<String, String> labels)
            throws MetricsTextException {
        String metric = nameBefore;
        while (true) {
            skipBlanks();
            if (take('}')) {
                return metric;
            }
            boolean isQuoted = !isAtEnd() && peek() == '"';
            String name = isQuoted ? quotedText() : name();
            skipBlanks();
            if (take('=')) {
                skipBlanks();
                if (labels.put(name, quotedText()) != null) {
                    throw new MetricsTextException("two labels " + name);
                }
            } else if (isQuoted && metric.isEmpty()) {
                metric = name;
            } else {
                throw new MetricsTextException("no = after the name of a label");
            }
            skipBlanks();
            if (!take(',') && (isAtEnd() || peek() != '}')) {
                throw new MetricsTextException("no comma or brace after a label");
            }
        }
    }

    private String name() throws MetricsTextException {
        int begin = next;
        while (!isAtEnd() && isPartOfName(peek(), next == begin)) {
            next++;
        }
        if (next == begin) {
            throw new MetricsTextException("no name where one is expected");
        }
        return line.substring(begin, next);
    }

    private static boolean isPartOfName(char c, boolean isFirst) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || c == ':'
                || (!isFirst && c >= '0' && c <= '9');
    }

    private String quotedText() throws MetricsTextException {
        if (!take('"')) {
            throw new MetricsTextException("no quotation mark before the value of a label");
        }
        StringBuilder text = new StringBuilder();
        while (!isAtEnd()) {
            char c = line.charAt(next++);
            if (c == '"') {
                return text.toString();
            }
            if (c == '\\' && !isAtEnd()) {
                char escaped = line.charAt(next++);
                switch (escaped) {
                    case 'n' -> text.append('\n');
                    case '"', '\\' -> text.append(escaped);
                    // OpenMetrics: any other character stands for itself, after the backslash.
                    default -> text.append(c).append(escaped);
                }
            } else {
                text.append(c);
            }
        }
        throw new MetricsTextException("no quotation mark after the value of a label");
    }

    /** The next characters up to a blank. */
    private String word() {
        skipBlanks();
        int begin = next;
        while (!isAtEnd() && !isBlank(peek())) {
            next++;
        }
        return line.substring(begin, next);
    }

    private static double number(String word) throws MetricsTextException {
        String lower = word.toLowerCase(Locale.ROOT);
        try {
            return switch (lower) {
                case "nan" -> Double.NaN;
                case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
                case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                default -> {
                    // Java also takes the suffixes d and f.
                    if (lower.endsWith("d") || lower.endsWith("f")) {
                        throw new MetricsTextException("no number where one is expected");
                    }
                    yield Double.parseDouble(lower);
                }
            };
        } catch (NumberFormatException e) {
            throw new MetricsTextException("no number where one is expected", e);
        }
    }

    private boolean take(char expected) {
        if (isAtEnd() || peek() != expected) {
            return false;
        }
        next++;
        return true;
    }

    private void skipBlanks() {
        while (!isAtEnd() && isBlank(peek())) {
            next++;
        }
    }

    /** A carriage return is one too, since some servers end lines with it. */
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private boolean isAtEnd() {
        return next >= line.length();
    }

    private char peek() {
        return line.charAt(next);
    }
}
