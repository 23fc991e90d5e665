/** Lets Spring Boot bind the meters by itself. */
@NullMarked
package io.corral.micrometer.spring;

import org.jspecify.annotations.NullMarked;
