/**
 * Gives the boot loader's classes to class loaders that would define a copy of the API. For that it
 * writes a hook into {@code ClassLoader}.
 */
@NullMarked
package io.corral.weaver.copies;

import org.jspecify.annotations.NullMarked;
