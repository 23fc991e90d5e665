package io.corral.integration.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that runs in a forked JVM with the agent, and throws if the statement in its name
 * does not hold. With a parameter of type {@link ThreadKind} it runs once for each kind the JDK
 * has.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Scenario {

    /** Its numbers in {@code docs/contributing/scenarios.md}; empty if it is not on that page. */
    int[] value() default {};

    /** The oldest JDK it can run on. */
    int since() default 17;
}
