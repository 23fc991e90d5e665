package io.corral.runtime.jdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that the JIT compiler must not inline. There are two reasons. The error that
 * {@link ReservedStack} delays is thrown when the compiled frame returns; inlined, that would be
 * after the handler for it. And a method that is seldom called should not make its callers too
 * large to inline. The build replaces it by the JDK's annotation of the same name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DontInline {}
