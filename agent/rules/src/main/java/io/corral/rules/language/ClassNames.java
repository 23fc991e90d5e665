package io.corral.rules.language;

/** Class names in rules and in container paths. */
public final class ClassNames {

    private ClassNames() {}

    /** Whether the class is in the JDK. */
    public static boolean isOfJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.");
    }

    /** Whether the class is in the module {@code runtime}, which hooks call. */
    public static boolean isOfRuntime(String className) {
        return className.startsWith("io.corral.runtime.");
    }

    /** The name without the package. */
    public static String simple(String className) {
        // The JVM appends a slash and an address to the name of a hidden class.
        int slash = className.indexOf('/');
        String name = slash < 0 ? className : className.substring(0, slash);
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
