package io.corral.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that runs in a forked JVM with the agent, and throws if what its name says is not
 * so. With a parameter of type {@link ThreadKind} it runs once for each kind the JDK has.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Scenario {

    /** Its numbers in {@code docs/contributing/scenarios.md}; none if it stands for itself. */
    int[] value() default {};

    /** The oldest JDK it can run on. */
    int since() default 17;
}
