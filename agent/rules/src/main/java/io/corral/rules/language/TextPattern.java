package io.corral.rules.language;

import io.corral.rules.language.LineScanner.SyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A glob or a regular expression, which matches whole texts. The stars of a glob capture, like the
 * groups of a regular expression.
 */
public final class TextPattern {

    /** Longer texts are cut before they are matched. */
    private static final int MAX_TEXT_LENGTH = 1_000;

    private static final String GLOB = "glob ";
    private static final String ANY = GLOB + "*";

    private final String source;
    private final Pattern pattern;
    private final int groups;

    private TextPattern(String source, String regex) {
        this.source = source;
        this.pattern = Pattern.compile(regex, Pattern.DOTALL);
        this.groups = pattern.matcher("").groupCount();
    }

    /** {@code *} stands for any text and {@code ?} for any character. */
    public static TextPattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*') {
                regex.append("(.*)");
            } else if (c == '?') {
                regex.append('.');
            } else {
                int end = i + 1;
                while (end < glob.length() && glob.charAt(end) != '*' && glob.charAt(end) != '?') {
                    end++;
                }
                regex.append(Pattern.quote(glob.substring(i, end)));
                i = end - 1;
            }
        }
        return new TextPattern(GLOB + glob, regex.toString());
    }

    /** @throws PatternSyntaxException if the text is not a regular expression */
    static TextPattern regex(String regex) {
        return new TextPattern("/" + regex + "/", regex);
    }

    /**
     * Parses the next pattern, of either kind.
     *
     * @param of the property to match, for messages
     */
    public static TextPattern read(LineScanner in, String of) throws SyntaxException {
        int column = in.column();
        if (in.isAtEnd() || in.isAtArrow()) {
            throw new SyntaxException(
                    column, "expected a glob or a /regular expression/ after " + of);
        }
        boolean isRegex = in.isAtRegex();
        String source = isRegex ? in.regex() : in.word();
        try {
            return isRegex ? regex(source) : glob(source);
        } catch (PatternSyntaxException wrong) {
            throw new SyntaxException(
                    column + 1 + Math.max(wrong.getIndex(), 0),
                    wrong.getDescription() + "; expected a Java regular expression");
        } catch (StackOverflowError tooDeep) {
            throw new SyntaxException(column, "a regular expression too deep to be read");
        }
    }

    /** @throws IllegalArgumentException if this is a regular expression */
    public String asGlob() {
        if (!source.startsWith(GLOB)) {
            throw new IllegalArgumentException("not a glob: " + source);
        }
        return source.substring(GLOB.length());
    }

    /** The pattern without a plus at its end; null if there is none. */
    public @Nullable TextPattern withoutPlus() {
        return source.startsWith(GLOB) && source.endsWith("+")
                ? glob(source.substring(GLOB.length(), source.length() - 1))
                : null;
    }

    /** Whether the pattern is a single star. */
    public boolean matchesAll() {
        return source.equals(ANY);
    }

    /** How many parts the pattern captures. */
    public int groups() {
        return groups;
    }

    /**
     * @param captures receives the captured parts on a match; a group that did not take part gives
     *     an empty text
     * @throws PatternTooCostlyException if the match takes too long
     */
    public boolean matches(String text, List<String> captures) {
        Matcher matcher = pattern.matcher(new BoundedText(
                text.length() > MAX_TEXT_LENGTH ? text.substring(0, MAX_TEXT_LENGTH) : text));
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 1; i <= groups; i++) {
            String captured = matcher.group(i);
            captures.add(captured == null ? "" : captured);
        }
        return true;
    }

    /** The pattern with its kind, to compare patterns. */
    @Override
    public String toString() {
        return source;
    }

    /** Stops an expression such as {@code (a+)+b}, which backtracks for an exponential time. */
    public static final class PatternTooCostlyException extends RuntimeException {

        private static final long serialVersionUID = 1;

        public PatternTooCostlyException() {
            super("the expression takes too long", null, false, false);
        }
    }

    /** A text that limits how often its characters are read, and so how long a match takes. */
    private static final class BoundedText implements CharSequence {

        private static final int MAX_READS = 200_000;

        private final String text;
        private int reads;

        BoundedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads > MAX_READS) {
                throw new PatternTooCostlyException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
