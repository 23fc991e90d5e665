package io.corral.rules.language;

import io.corral.rules.language.LineScanner.SyntaxException;
import io.corral.runtime.placement.Glob;
import io.corral.runtime.placement.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder with a part of another placeholder's value, written after a bar.
 * {@code {0.path|path}} gives one container for each name of a path, {@code {0.path|first}} the
 * first name, and <code>{0.key|*:*}</code> the first capture of a pattern.
 */
final class PartOfValue<S> extends Placeholder<S> {

    private static final String PATH = "path";
    private static final String FIRST = "first";

    private final Placeholder<S> whole;
    private final String part;

    /** Null for {@code path} and {@code first}. */
    private final @Nullable TextPattern pattern;

    private PartOfValue(Placeholder<S> whole, String part, @Nullable TextPattern pattern) {
        super(whole.word() + "|" + part, part.equals(PATH));
        this.whole = whole;
        this.part = part;
        this.pattern = pattern;
    }

    /** @param column the column of the placeholder */
    static <S> PartOfValue<S> of(Placeholder<S> whole, String part, int column)
            throws SyntaxException {
        if (part.equals(PATH) || part.equals(FIRST)) {
            return new PartOfValue<>(whole, part, null);
        }
        boolean isRegex = part.length() > 1 && part.startsWith("/") && part.endsWith("/");
        try {
            TextPattern pattern = isRegex
                    ? new RegularExpression(part.substring(1, part.length() - 1))
                    : new Glob(part);
            if (pattern.groups() > 0) {
                return new PartOfValue<>(whole, part, pattern);
            }
        } catch (PatternSyntaxException wrong) {
            throw new SyntaxException(
                    column, wrong.getDescription() + "; expected a Java regular expression");
        } catch (StackOverflowError tooDeep) {
            throw new SyntaxException(column, "a regular expression too deep to be read");
        }
        throw new SyntaxException(
                column,
                "\"" + part + "\" captures nothing; expected path, first, a glob with a star or"
                        + " an /expression/ with a group");
    }

    @Override
    public @Nullable String value(S subject) {
        String value = whole.value(subject);
        if (value == null || part.equals(PATH)) {
            return value;
        }
        return pattern == null ? first(value) : captured(pattern, value);
    }

    private static String first(String path) {
        int begin = 0;
        while (begin < path.length() && path.charAt(begin) == '/') {
            begin++;
        }
        int end = path.indexOf('/', begin);
        return path.substring(begin, end < 0 ? path.length() : end);
    }

    private String captured(TextPattern by, String value) {
        List<String> captures = new ArrayList<>();
        try {
            if (by.matches(value, captures)) {
                return captures.get(0);
            }
        } catch (RegularExpression.TooCostlyException tooCostly) {
            throw new UnusableValueException(String.valueOf(tooCostly.getMessage()));
        } catch (StackOverflowError tooDeep) {
            throw new UnusableValueException("the expression needs too much stack");
        }
        throw UnusableValueException.noMatch();
    }
}
