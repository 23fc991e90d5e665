/** Helpers of tests and scenarios in more than one package. */
@NullMarked
package io.corral.integration.support;

import org.jspecify.annotations.NullMarked;
