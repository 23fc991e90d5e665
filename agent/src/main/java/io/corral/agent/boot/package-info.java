/**
 * Puts the runtime into the boot loader, and opens to it what it needs of the JDK. Nothing here may
 * link to the runtime before {@link io.corral.agent.boot.BootLoader} has defined it.
 */
@NullMarked
package io.corral.agent.boot;

import org.jspecify.annotations.NullMarked;
