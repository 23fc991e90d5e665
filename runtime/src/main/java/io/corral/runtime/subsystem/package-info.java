/** Subsystems: their registration, and the callbacks for forks, exits, moves and switches. */
@NullMarked
package io.corral.runtime.subsystem;

import org.jspecify.annotations.NullMarked;
