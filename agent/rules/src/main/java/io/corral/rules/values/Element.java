package io.corral.rules.values;

import io.corral.rules.language.UnusableValueException;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code [key]}: an entry of a map by its key, or an element of a list or array by its index. */
record Element(String key) implements ValueStep {

    private static final String INDEX = "\\d{1,9}";

    @Override
    public @Nullable Object read(Object of) {
        if (of instanceof Properties properties) {
            return properties.getProperty(key);
        }
        if (of instanceof Map<?, ?> map) {
            return map.get(key);
        }
        if (!(of instanceof Collection || of.getClass().isArray())) {
            throw new UnusableValueException(of.getClass().getName() + " has no elements");
        }
        if (!key.matches(INDEX)) {
            throw new UnusableValueException(
                    of.getClass().getName() + " has elements by number only");
        }
        return element(of, Integer.parseInt(key));
    }

    /** The element at an index; null if there are fewer elements. */
    private static @Nullable Object element(Object of, int index) {
        if (of instanceof Collection<?> elements) {
            Iterator<?> each = elements.iterator();
            for (int i = 0; i < index && each.hasNext(); i++) {
                each.next();
            }
            return each.hasNext() ? each.next() : null;
        }
        return index < Array.getLength(of) ? Array.get(of, index) : null;
    }

    @Override
    public String toString() {
        return "[" + key + "]";
    }
}
