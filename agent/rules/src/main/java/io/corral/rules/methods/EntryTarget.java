package io.corral.rules.methods;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods that an entry rule names. Class names have dots, and a dollar sign before the name of
 * a nested class.
 */
public interface EntryTarget {

    /** Whether a class with this name may have such methods. */
    boolean mayMatchClass(String className);

    /** As {@link #mayMatchClass}, for a class of the JDK. */
    default boolean mayMatchJdkClass(String className) {
        return false;
    }

    /** Whether subtypes of the named class match as well. */
    default boolean matchesSubtypes() {
        return false;
    }

    boolean matchesClass(String className, List<String> supertypes);

    /** Whether it names this class alone, so that a class without such methods is an error. */
    default boolean namesExactly(String className) {
        return false;
    }

    /** Whether it names lambdas, by the methods that make them, and not these methods. */
    default boolean matchesLambdas() {
        return false;
    }

    boolean matchesMethod(
            String className, List<String> supertypes, String method, List<String> parameterTypes);

    /** The possible reason why no method has matched, for the line at the end of the JVM. */
    String unusedMessage();

    /** The server whose requests begin in a class of this name, if the target is for requests. */
    default @Nullable String serverWith(String className) {
        return null;
    }
}
