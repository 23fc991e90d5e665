package io.corral.runtime.jdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what must run to its end on an exhausted stack too. The agent puts the JDK's own {@code
 * ReservedStackAccess} in its place: the JVM then lets the method, and what it calls, use a page that
 * it keeps back, and throws the {@link StackOverflowError} when the method returns.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ReservedStack {}
