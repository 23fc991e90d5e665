package io.corral.runtime.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An argument, or whose method it is, or a property of that. */
final class ArgumentValue implements Placeholder<Execution> {

    /** In the place of an argument's index. */
    static final int SELF = -1;

    private static final int LONGEST_SAID = 120;

    private final String word;
    private final int argument;
    private final Property[] properties;
    private final Getters getters;

    /** @param argument its index, or {@link #SELF} */
    ArgumentValue(String word, int argument, List<Property> properties, Getters getters) {
        this.word = word;
        this.argument = argument;
        this.properties = properties.toArray(new Property[0]);
        this.getters = getters;
    }

    @Override
    public String value(Execution execution) {
        Object root = root(execution);
        if (root instanceof String text && properties.length == 0) {
            return text;
        }
        Getters.Stay stay = getters.enter(word);
        try {
            return text(root);
        } catch (PathTemplate.UnfitException unfit) {
            throw unfit;
        } catch (RuntimeException | Error thrown) {
            throw new PathTemplate.UnfitException(this + " has thrown " + described(thrown));
        } finally {
            getters.leave(stay);
        }
    }

    private @Nullable Object root(Execution execution) {
        if (argument == SELF) {
            return execution.self();
        }
        @Nullable Object[] arguments = execution.arguments();
        if (argument >= arguments.length) {
            throw new PathTemplate.UnfitException(this + " where the method has " + arguments.length
                    + (arguments.length == 1 ? " parameter" : " parameters"));
        }
        return arguments[argument];
    }

    /** Calls the application. */
    private String text(@Nullable Object root) {
        Object value = root;
        for (Property property : properties) {
            if (value == null) {
                throw new PathTemplate.UnfitException(
                        this + " is null before \"" + property + "\"");
            }
            value = property.read(value);
        }
        String text = value == null ? null : value.toString();
        if (text == null) {
            throw new PathTemplate.UnfitException(this + " is null");
        }
        return text;
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
    public String toString() {
        return "{" + word + "}";
    }
}
