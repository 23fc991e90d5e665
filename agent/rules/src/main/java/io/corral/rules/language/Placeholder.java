package io.corral.rules.language;

import io.corral.runtime.container.Occupancy;

import org.jspecify.annotations.Nullable;

/**
 * A placeholder in a path.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
public abstract class Placeholder<S> {

    /** The value in place of those beyond a bound, and so the name of the container for them. */
    public static final String OVERFLOW = Occupancy.OVERFLOW;

    private final String word;
    private final boolean isPath;

    /** @param word what stands between the braces */
    public Placeholder(String word) {
        this(word, false);
    }

    /** @param isPath whether the value is a path, which may have several names or none */
    public Placeholder(String word, boolean isPath) {
        this.word = word;
        this.isPath = isPath;
    }

    /**
     * The value for a subject, or null if it is unknown.
     *
     * @throws UnusableValueException if there is a reason to report
     */
    public abstract @Nullable String value(S subject);

    final boolean isPath() {
        return isPath;
    }

    final String word() {
        return word;
    }

    /** The placeholder as written in the file. */
    @Override
    public final String toString() {
        return "{" + word + "}";
    }
}
