package io.corral.runtime.jdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that must run to its end on an exhausted stack too. The build replaces it by the
 * JDK's {@code ReservedStackAccess}: the JVM then lets the method, and those it calls, use a
 * reserved page of the stack, and throws the {@link StackOverflowError} when the method returns.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ReservedStack {}
