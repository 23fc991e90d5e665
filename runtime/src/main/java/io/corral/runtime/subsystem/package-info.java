/** Subsystems: what is asked before a thread starts and told of forks, exits and moves. */
@NullMarked
package io.corral.runtime.subsystem;

import org.jspecify.annotations.NullMarked;
