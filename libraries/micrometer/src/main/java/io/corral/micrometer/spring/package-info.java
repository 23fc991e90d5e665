/** Registers the meters in a Spring Boot application automatically. */
@NullMarked
package io.corral.micrometer.spring;

import org.jspecify.annotations.NullMarked;
