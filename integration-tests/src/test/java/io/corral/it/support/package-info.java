/** Helpers of tests and scenarios in more than one package. */
@NullMarked
package io.corral.it.support;

import org.jspecify.annotations.NullMarked;
