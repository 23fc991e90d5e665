package io.corral.runtime.jdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of an event as context: tools show it with other events of the same thread during
 * the event. The build replaces it by {@code jdk.jfr.Contextual}, which JFR knows from JDK 25 on
 * and ignores before.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Contextual {}
