package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/**
 * A placeholder in a path.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
abstract class Placeholder<S> {

    private final String word;
    private final boolean isPath;

    /** @param word what stands between the braces */
    Placeholder(String word) {
        this(word, false);
    }

    /** @param isPath whether the value is a path, which may have several names or none */
    Placeholder(String word, boolean isPath) {
        this.word = word;
        this.isPath = isPath;
    }

    /**
     * The value for a subject, or null if it is unknown.
     *
     * @throws PathTemplate.UnusableValueException if there is a reason to report
     */
    abstract @Nullable String value(S subject);

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
