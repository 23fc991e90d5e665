package io.corral.runtime.jdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of an event that is the context of whatever else its thread records meanwhile. The agent puts the
 * JDK's own annotation of that name in its place, which JFR knows from 25 on, and which earlier ones pass over.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Contextual {}
