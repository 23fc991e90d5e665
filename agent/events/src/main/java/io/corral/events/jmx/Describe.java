package io.corral.events.jmx;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The description of an MBean, of an attribute or of an operation, which tools show. */
@Retention(RUNTIME)
@Target({TYPE, METHOD})
@interface Describe {

    String value();
}
