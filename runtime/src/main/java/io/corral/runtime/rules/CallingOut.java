package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/** A placeholder whose value the application, or its server, has to be asked for: {@link Getters} watch what that does. */
abstract class CallingOut implements Placeholder<Execution> {

    private static final int LONGEST_SAID = 120;

    private final String word;

    CallingOut(String word) {
        this.word = word;
    }

    /** Calls out; may throw anything. */
    abstract @Nullable Object read(Execution execution);

    @Override
    public final @Nullable String value(Execution execution) {
        execution.calls(word);
        try {
            Object value = read(execution);
            return value == null ? null : value.toString();
        } catch (PathTemplate.UnfitException unfit) {
            throw unfit;
        } catch (RuntimeException | Error thrown) {
            throw new PathTemplate.UnfitException(this + " has thrown " + described(thrown));
        }
    }

    private static String described(Throwable thrown) {
        String text = thrown.getClass().getName();
        try {
            text = text + ": " + thrown.getMessage();
        } catch (RuntimeException | Error unsayable) {
            // Its class must do.
        }
        return text.length() > LONGEST_SAID ? text.substring(0, LONGEST_SAID) + "…" : text;
    }

    @Override
    public final String toString() {
        return "{" + word + "}";
    }
}
