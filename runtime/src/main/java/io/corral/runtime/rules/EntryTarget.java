package io.corral.runtime.rules;

import java.util.List;

/** Which methods an entry rule takes. Names are as in the language, with a dollar sign before a nested class's. */
interface EntryTarget {

    /** Whether it may take methods of a class, by its name alone. */
    boolean mayTake(String className);

    /** As {@link #mayTake}, of a class of the JDK's. */
    boolean mayTakeOfJdk(String className);

    /** Whether it takes classes by what they extend or implement. */
    boolean isBySupertype();

    boolean takesClass(String className, List<String> supertypes);

    boolean takesMethod(
            String className, List<String> supertypes, String method, List<String> parameterTypes);

    /** For who learns that it has taken nothing. */
    String tookNothing();
}
