package io.corral.runtime.placement;

import java.util.List;

/**
 * Which methods are entered. Asked by who weaves them, on whatever thread loads a class. Names are as in the language, with
 * dots, and a dollar sign before a nested class's. Implemented in {@code io.corral.runtime.rules}.
 */
public interface EntryTargets {

    /** Whether there are none. */
    boolean isEmpty();

    /** Whether a class may have such methods, by its name. Quick. */
    boolean mayTake(String className);

    /** As {@link #mayTake}, of a class of the JDK's. Quick. */
    boolean mayTakeOfJdk(String className);

    /** Whether classes are named by what they extend or implement: then each has to be looked at. */
    boolean areBySupertype();

    /** @param supertypes whatever the class extends or implements, at any distance; empty if nobody asks for them */
    boolean takes(String className, List<String> supertypes);

    /**
     * The number of a method, to be given to the hook.
     *
     * @return negative if no rule takes the method
     */
    int site(String className, List<String> supertypes, String method, List<String> parameterTypes);
}
