/**
 * Defines the runtime in the boot loader and gives it access to private members of the JDK. Nothing
 * here may link to the runtime before {@link io.corral.agent.boot.BootLoader} has defined it.
 */
@NullMarked
package io.corral.agent.boot;

import org.jspecify.annotations.NullMarked;
