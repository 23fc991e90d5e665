package io.corral.rules.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Properties of properties, as in {@code requestHeaders.getFirst($)}. A step with parentheses is a
 * call with one text, and {@code $} stands for a text that is given later. A property with a
 * question mark is null if an object has none of that name. The text can be made an object first:
 * {@code first($=io.helidon.http.HeaderNames#create)} calls this static method.
 */
public final class PropertyPath {

    private static final String GIVEN = "$";
    private static final String MADE = "$=";

    private final List<ValueStep> steps;

    private PropertyPath(List<ValueStep> steps) {
        this.steps = steps;
    }

    /** A path of any steps. */
    public static PropertyPath of(List<ValueStep> steps) {
        return new PropertyPath(List.copyOf(steps));
    }

    public static PropertyPath of(String path) {
        return of(path, GIVEN);
    }

    /** @param given the text for {@code $} */
    public static PropertyPath of(String path, String given) {
        List<ValueStep> steps = new ArrayList<>();
        int begin = 0;
        while (begin < path.length()) {
            int dot = path.indexOf('.', begin);
            int open = path.indexOf('(', begin);
            if (open >= 0 && (dot < 0 || open < dot)) {
                int close = path.indexOf(')', open);
                steps.add(
                        call(path.substring(begin, open), path.substring(open + 1, close), given));
                begin = close + 2;
            } else {
                int end = dot < 0 ? path.length() : dot;
                steps.add(Property.of(path.substring(begin, end)));
                begin = end + 1;
            }
        }
        return new PropertyPath(List.copyOf(steps));
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    private static ValueStep call(String method, String argument, String given) {
        return argument.startsWith(MADE)
                ? new CallWithCreatedArgument(method, given, argument.substring(MADE.length()))
                : Property.call(method, argument.equals(GIVEN) ? given : argument);
    }

    /** The value, or null if a part of the path is null. */
    public @Nullable Object read(@Nullable Object root) {
        Object value = root;
        for (int i = 0; value != null && i < steps.size(); i++) {
            value = present(steps.get(i).read(value));
        }
        return value;
    }

    /** The value in an {@code Optional}, or in one in another, or the value itself. */
    public static @Nullable Object present(@Nullable Object value) {
        Object present = value;
        while (present instanceof Optional<?> optional) {
            present = optional.orElse(null);
        }
        return present;
    }
}
