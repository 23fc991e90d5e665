package io.corral.runtime.placement;

import java.util.List;

/**
 * The methods that rules name. The weaver calls this on whatever thread loads a class. Class names
 * have dots, and a dollar sign before the name of a nested class. The rules implement it.
 */
public interface EntryTargets {

    /** Whether there is no rule. */
    boolean isEmpty();

    /** Whether a class with this name may have such methods. Fast. */
    boolean mayMatchClass(String className);

    /** As {@link #mayMatchClass}, for a class of the JDK. Fast. */
    boolean mayMatchJdkClass(String className);

    /** Whether a rule matches subtypes, so that the supertypes of each class are needed. */
    boolean needsSupertypes();

    /** @param supertypes all superclasses and interfaces; empty unless {@link #needsSupertypes} */
    boolean matches(String className, List<String> supertypes);

    /**
     * The number of a method, with which the hook is called.
     *
     * @return negative if no rule matches the method
     */
    int site(String className, List<String> supertypes, String method, List<String> parameterTypes);

    /** Whether a rule matches lambdas. */
    boolean needsLambdas();

    /**
     * As {@link #site}, for the body of a lambda.
     *
     * @param method the method that creates the lambda
     * @param parameterTypes the types of its parameters, without those of captured variables
     * @param captured the names of the captured variables, which are the first parameters; empty
     *     texts without debug information
     */
    int site(
            String className,
            List<String> supertypes,
            String method,
            List<String> parameterTypes,
            List<String> captured);

    /**
     * Whether the hook may want a method skipped.
     *
     * @param site the number of the method
     */
    boolean canRefuse(int site);

    /** Called after all methods of a class were compared with the rules. */
    void woven(String className);

    /**
     * Called with the return type of a method that rules match.
     *
     * @param site the number of the method
     * @param type the name of the returned class
     */
    void returns(int site, String type);

    /**
     * Called if no rule matches any method of a class that may have such methods.
     *
     * @param origin the file from which the class was loaded
     */
    void unmatched(String className, String origin);
}
