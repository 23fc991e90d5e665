/**
 * The images in the jar, and the class loader that loads the agent from them. With
 * {@link io.corral.agent.Agent} these are the only classes that the system class loader finds in
 * the jar at a start.
 */
@NullMarked
package io.corral.launcher;

import org.jspecify.annotations.NullMarked;
