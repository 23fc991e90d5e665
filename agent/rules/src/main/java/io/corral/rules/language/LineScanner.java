package io.corral.rules.language;

import io.corral.runtime.placement.Glob;
import io.corral.runtime.placement.TextPattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Splits a line of a rules file into words, quoted words, and regular expressions. */
public final class LineScanner {

    public static final String ARROW = "->";

    private static final Pattern OTHER_ARROW = Pattern.compile("(?<!\\S)[-=~>→⇒–—]+(?!\\S)");

    private final String line;
    private int next;

    public LineScanner(String line) {
        this.line = line;
        skipSpace();
    }

    /** Whether the line ends here, or a comment begins. */
    public boolean isAtEnd() {
        return next >= line.length() || line.charAt(next) == '#';
    }

    /** The column of the next word, counted from 1. */
    public int column() {
        return next + 1;
    }

    /** What stands before the next word, without spaces at both ends. */
    public String skipped() {
        return line.substring(0, next).strip();
    }

    public boolean isAtArrow() {
        int end = next + ARROW.length();
        return line.startsWith(ARROW, next)
                && (end == line.length() || Character.isWhitespace(line.charAt(end)));
    }

    public boolean isAtRegex() {
        return !isAtEnd() && line.charAt(next) == '/';
    }

    public boolean isAtQuote() {
        return !isAtEnd() && line.charAt(next) == '"';
    }

    /** The next word as it is written, without skipping it. */
    public String peek() {
        int end = next;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return line.substring(next, end);
    }

    /** Whether an arrow follows the next word, which is in no quotation marks. */
    public boolean isArrowAfterWord() {
        return line.substring(next + peek().length()).stripLeading().startsWith(ARROW);
    }

    /** The next word. A quoted text is one word; a backslash escapes a quote in it. */
    public String word() throws SyntaxException {
        if (isAtEnd()) {
            return "";
        }
        if (line.charAt(next) == '"') {
            return delimited('"', "quotation mark");
        }
        String word = peek();
        next += word.length();
        skipSpace();
        return word;
    }

    /**
     * Skips a word if it comes next.
     *
     * @return whether it came next
     */
    public boolean accept(String word) {
        int end = next + word.length();
        if (!line.startsWith(word, next)
                || (end < line.length() && !Character.isWhitespace(line.charAt(end)))) {
            return false;
        }
        next = end;
        skipSpace();
        return true;
    }

    /** The text before the next arrow, trimmed. Skips the arrow. */
    public String beforeArrow() throws SyntaxException {
        int begin = next;
        int arrow = line.indexOf(ARROW, next);
        if (arrow < 0) {
            Matcher other = OTHER_ARROW.matcher(line).region(next, line.length());
            boolean isOther = other.useTransparentBounds(true).find();
            next = line.length();
            if (isOther) {
                throw new SyntaxException(
                        other.start() + 1, "unknown arrow \"" + other.group() + "\"; expected ->");
            }
            throw new SyntaxException(line.length() + 1, "the rule is incomplete; expected ->");
        }
        next = arrow + ARROW.length();
        skipSpace();
        return line.substring(begin, arrow).trim();
    }

    /** The text between slashes; a backslash escapes a slash in it. */
    String regex() throws SyntaxException {
        return delimited('/', "slash");
    }

    /**
     * The next glob or regular expression.
     *
     * @param of the property to match, for messages
     */
    public TextPattern pattern(String of) throws SyntaxException {
        int column = column();
        if (isAtEnd() || isAtArrow()) {
            throw new SyntaxException(
                    column, "expected a glob or a /regular expression/ after " + of);
        }
        if (!isAtRegex()) {
            return new Glob(word());
        }
        String source = regex();
        try {
            return new RegularExpression(source);
        } catch (PatternSyntaxException wrong) {
            throw new SyntaxException(
                    column + 1 + Math.max(wrong.getIndex(), 0),
                    wrong.getDescription() + "; expected a Java regular expression");
        } catch (StackOverflowError tooDeep) {
            throw new SyntaxException(column, "a regular expression too deep to be read");
        }
    }

    private String delimited(char delimiter, String name) throws SyntaxException {
        int begin = next;
        StringBuilder text = new StringBuilder();
        for (int i = next + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean escapes = c == '\\' && i + 1 < line.length();
            if (escapes && line.charAt(i + 1) == delimiter) {
                text.append(delimiter);
                i++;
            } else if (escapes) {
                text.append(c).append(line.charAt(i + 1));
                i++;
            } else if (c == delimiter) {
                next = i + 1;
                if (next < line.length() && !Character.isWhitespace(line.charAt(next))) {
                    throw new SyntaxException(
                            next + 1,
                            "expected a space after the closing " + name
                                    + "; write a backslash before one that is part of the text");
                }
                skipSpace();
                return text.toString();
            } else {
                text.append(c);
            }
        }
        next = line.length();
        throw new SyntaxException(begin + 1, "the closing " + name + " is missing");
    }

    private void skipSpace() {
        while (next < line.length() && Character.isWhitespace(line.charAt(next))) {
            next++;
        }
    }

    /**
     * Skips everything up to the next arrow, word by word.
     *
     * @return false if there is no arrow
     */
    public boolean skipBeforeOutcome() {
        while (!isAtEnd() && !isAtArrow()) {
            next += peek().length();
            skipSpace();
        }
        return isAtArrow();
    }

    /** A fault at one column of the line. */
    public static final class SyntaxException extends Exception {

        private static final long serialVersionUID = 1;

        private final int column;
        private final String what;

        public SyntaxException(int column, String what) {
            super(what);
            this.column = column;
            this.what = what;
        }

        public String what() {
            return what;
        }

        public int column() {
            return column;
        }
    }
}
