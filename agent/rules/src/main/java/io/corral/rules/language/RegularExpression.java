package io.corral.rules.language;

import io.corral.runtime.placement.TextPattern;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression, which matches whole texts. Its groups capture. */
public final class RegularExpression implements TextPattern {

    /** Longer texts are cut before they are matched. */
    private static final int MAX_TEXT_LENGTH = 1_000;

    private final String source;
    private final Pattern pattern;
    private final int groups;

    /** @throws PatternSyntaxException if the text is not a regular expression */
    RegularExpression(String source) {
        this.source = source;
        this.pattern = Pattern.compile(source, Pattern.DOTALL);
        this.groups = pattern.matcher("").groupCount();
    }

    @Override
    public boolean matchesAll() {
        return false;
    }

    @Override
    public int groups() {
        return groups;
    }

    /** @throws TooCostlyException if the match takes too long */
    @Override
    public boolean matches(String text, @Nullable List<String> captures) {
        Matcher matcher = pattern.matcher(new BoundedText(
                text.length() > MAX_TEXT_LENGTH ? text.substring(0, MAX_TEXT_LENGTH) : text));
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 1; captures != null && i <= groups; i++) {
            String captured = matcher.group(i);
            captures.add(captured == null ? "" : captured);
        }
        return true;
    }

    /** The pattern with its kind, to compare patterns. */
    @Override
    public String toString() {
        return "/" + source + "/";
    }

    /** Stops an expression such as {@code (a+)+b}, which backtracks for an exponential time. */
    public static final class TooCostlyException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooCostlyException() {
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
                throw new TooCostlyException();
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
