/**
 * The entry points of the agent's jar. They load the agent from an image in the jar. Whatever
 * fails, the application starts and runs.
 */
@NullMarked
package io.corral.agent;

import org.jspecify.annotations.NullMarked;
