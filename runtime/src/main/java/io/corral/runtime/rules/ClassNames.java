package io.corral.runtime.rules;

/** Names of classes, as they are in paths. */
final class ClassNames {

    private ClassNames() {}

    /** What stands behind the package. */
    static String simple(String className) {
        // The JVM puts a slash and an address behind the name of a hidden class.
        int slash = className.indexOf('/');
        String name = slash < 0 ? className : className.substring(0, slash);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
