package io.corral.rules.language;

/** Class names as they appear in container paths. */
public final class ClassNames {

    private ClassNames() {}

    /** The name without the package. */
    public static String simple(String className) {
        // The JVM appends a slash and an address to the name of a hidden class.
        int slash = className.indexOf('/');
        String name = slash < 0 ? className : className.substring(0, slash);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
