package io.corral.runtime.rules;

/** Class names as they appear in container paths. */
final class ClassNames {

    private ClassNames() {}

    /** The name without the package. */
    static String simple(String className) {
        // The JVM appends a slash and an address to the name of a hidden class.
        int slash = className.indexOf('/');
        String name = slash < 0 ? className : className.substring(0, slash);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
