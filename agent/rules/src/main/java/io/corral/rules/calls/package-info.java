/** Placeholders in rules for methods: each takes its value from one call of a woven method. */
@NullMarked
package io.corral.rules.calls;

import org.jspecify.annotations.NullMarked;
