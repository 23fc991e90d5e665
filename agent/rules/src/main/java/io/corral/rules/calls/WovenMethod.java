package io.corral.rules.calls;

import io.corral.rules.language.ClassNames;
import io.corral.rules.language.Placeholder;

/**
 * A method that rules name.
 *
 * @param className the class, or {@link Placeholder#OVERFLOW} for methods of many classes
 */
public record WovenMethod(String className, String name) {

    /** The class name without the package. */
    String simpleClassName() {
        return ClassNames.simple(className);
    }

    @Override
    public String toString() {
        return className + "#" + name;
    }
}
