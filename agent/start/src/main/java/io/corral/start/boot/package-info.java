/**
 * Defines the runtime in the boot loader and gives it access to private members of the JDK. Nothing
 * here may link to the runtime before {@link io.corral.start.boot.BootLoader} has defined it.
 */
@NullMarked
package io.corral.start.boot;

import org.jspecify.annotations.NullMarked;
