/** Reads a value that a placeholder names out of any object of the application, by reflection. */
@NullMarked
package io.corral.rules.values;

import org.jspecify.annotations.NullMarked;
