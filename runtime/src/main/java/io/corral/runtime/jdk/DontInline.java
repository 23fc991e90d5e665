package io.corral.runtime.jdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that the JIT compiler must not inline. There are two reasons. First, the error
 * that {@link ReservedStack} delays is thrown when the compiled frame returns. If the method was
 * inlined, this would be after the handler for the error. Second, a method that is seldom called
 * should not make its callers too large to be inlined. The build replaces it by the JDK's
 * annotation of the same name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DontInline {}
