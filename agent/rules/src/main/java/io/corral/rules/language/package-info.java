/**
 * The parts that the lines of all rules have in common: words, patterns for texts, and paths with
 * placeholders.
 */
@NullMarked
package io.corral.rules.language;

import org.jspecify.annotations.NullMarked;
