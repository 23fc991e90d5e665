package io.corral.runtime.rules;

import io.corral.runtime.rules.LineScanner.SyntaxException;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A glob, whose stars are captured, or a regular expression with its groups. Holds for a whole text. */
final class TextPattern {

    /** What is kept of longer texts. */
    private static final int LONGEST_TEXT = 1_000;

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

    /** With {@code *} for any text and {@code ?} for any character. */
    static TextPattern glob(String glob) {
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

    /** @throws PatternSyntaxException if it is none */
    static TextPattern regex(String regex) {
        return new TextPattern("/" + regex + "/", regex);
    }

    /**
     * What comes next, of either kind.
     *
     * @param of what it is to match, for messages
     */
    static TextPattern read(LineScanner in, String of) throws SyntaxException {
        int column = in.column();
        if (in.isAtEnd() || in.isAtArrow()) {
            throw new SyntaxException(
                    column, "nothing for " + of + "; expected a glob or /an expression/");
        }
        boolean isRegex = in.isAtRegex();
        String source = isRegex ? in.regex() : in.word();
        try {
            return isRegex ? regex(source) : glob(source);
        } catch (PatternSyntaxException wrong) {
            throw new SyntaxException(
                    column + 1 + Math.max(wrong.getIndex(), 0),
                    wrong.getDescription() + "; expected a regular expression of Java's");
        } catch (StackOverflowError tooDeep) {
            throw new SyntaxException(column, "a regular expression too deep to be read");
        }
    }

    /** Whether it is a star. */
    boolean matchesAll() {
        return source.equals(ANY);
    }

    /** How many parts it captures. */
    int groups() {
        return groups;
    }

    /**
     * @param captures where to add what was captured, if it matches; of a group that took no part an empty text
     * @throws TooHardException if it takes too long to tell
     */
    boolean matches(String text, List<String> captures) {
        Matcher matcher = pattern.matcher(
                new Effort(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text));
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 1; i <= groups; i++) {
            String captured = matcher.group(i);
            captures.add(captured == null ? "" : captured);
        }
        return true;
    }

    /** Tells it from others. */
    @Override
    public String toString() {
        return source;
    }

    /** An expression like {@code (a+)+b} would keep a thread from starting for years. */
    static final class TooHardException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooHardException() {
            super("the expression takes too long", null, false, false);
        }
    }

    /** A text that can be looked at so often. */
    private static final class Effort implements CharSequence {

        private static final int MOST_LOOKS = 200_000;

        private final String text;
        private int looks;

        Effort(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new TooHardException();
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
