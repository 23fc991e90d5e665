/** The placeholders of rules for methods, whose values are read in one call of a method. */
@NullMarked
package io.corral.rules.calls;

import org.jspecify.annotations.NullMarked;
