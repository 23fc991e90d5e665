/**
 * A subsystem's callbacks: when they run, and what happens if one throws, starts a thread or
 * blocks.
 */
@NullMarked
package io.corral.integration.callbacks;

import org.jspecify.annotations.NullMarked;
