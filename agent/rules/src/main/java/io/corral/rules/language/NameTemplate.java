package io.corral.rules.language;

import io.corral.runtime.notice.ControlCharacters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One name of a path: texts and placeholders in turn, beginning and ending with a text. A
 * placeholder for a path stands for several names.
 *
 * @param <S> the kind of subject that is placed: a thread or an execution
 */
final class NameTemplate<S> {

    /** The largest number of names in the value of a placeholder for a path. */
    private static final int MAX_DEPTH = 16;

    private static final int MAX_LENGTH = 255;

    private final List<String> texts = new ArrayList<>();
    private final List<Placeholder<S>> placeholders = new ArrayList<>();

    /** @param text the text before the placeholder */
    void add(String text, Placeholder<S> placeholder) {
        texts.add(text);
        placeholders.add(placeholder);
    }

    void end(String text) {
        texts.add(text);
    }

    boolean isFixed() {
        return placeholders.isEmpty();
    }

    /** A placeholder for a path that is only part of a name, which is an error; else null. */
    @Nullable Placeholder<S> partialPath() {
        for (Placeholder<S> placeholder : placeholders) {
            if (placeholder.isPath() && !isPath()) {
                return placeholder;
            }
        }
        return null;
    }

    private boolean isPath() {
        return placeholders.size() == 1
                && placeholders.get(0).isPath()
                && texts.get(0).isEmpty()
                && texts.get(1).isEmpty();
    }

    void resolve(S subject, List<String> names) {
        if (placeholders.isEmpty()) {
            names.add(texts.get(0));
        } else if (isPath()) {
            addPath(value(placeholders.get(0), subject), names);
        } else {
            names.add(checked(name(subject)));
        }
    }

    private String name(S subject) {
        if (placeholders.size() == 1 && texts.get(0).isEmpty() && texts.get(1).isEmpty()) {
            return value(placeholders.get(0), subject);
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < placeholders.size(); i++) {
            name.append(texts.get(i)).append(value(placeholders.get(i), subject));
        }
        return name.append(texts.get(texts.size() - 1)).toString();
    }

    private static <S> String value(Placeholder<S> placeholder, S subject) {
        String value = placeholder.value(subject);
        if (value == null) {
            throw new UnusableValueException(placeholder + " is unknown");
        }
        return value;
    }

    private void addPath(String path, List<String> names) {
        int begin = 0;
        int count = 0;
        while (begin < path.length()) {
            int slash = path.indexOf('/', begin);
            int end = slash < 0 ? path.length() : slash;
            if (end > begin) {
                if (++count > MAX_DEPTH) {
                    throw new UnusableValueException(
                            this + " gives a path of more than " + MAX_DEPTH + " names");
                }
                names.add(checked(path.substring(begin, end)));
            }
            begin = end + 1;
        }
    }

    private String checked(String value) {
        boolean isLong = value.length() > MAX_LENGTH;
        String name = isLong ? value : ControlCharacters.escaped(value);
        String fault = fault(name);
        if (fault != null) {
            throw new UnusableValueException(this + " " + fault);
        }
        return name;
    }

    /** The name as it stands in the rule. */
    @Override
    public String toString() {
        StringBuilder name = new StringBuilder(texts.get(0));
        for (int i = 0; i < placeholders.size(); i++) {
            name.append(placeholders.get(i)).append(texts.get(i + 1));
        }
        return name.toString();
    }

    /** Why a text is not a valid container name, or null if it is. */
    static @Nullable String fault(String name) {
        if (name.isEmpty()) {
            return "gives an empty name";
        }
        if (name.length() > MAX_LENGTH) {
            return "gives a name of " + name.length() + " characters; at most 255 are allowed";
        }
        if (name.equals(".") || name.equals("..")) {
            return "gives the name \"" + name + "\", which is reserved";
        }
        if (name.indexOf('/') >= 0) {
            return "gives a name with a '/'";
        }
        int control = ControlCharacters.indexIn(name);
        return control < 0
                ? null
                : "gives a name with the " + ControlCharacters.named(name.codePointAt(control));
    }
}
