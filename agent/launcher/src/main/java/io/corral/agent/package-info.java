/**
 * The entry points of the agent's jar. They load the agent from an image in the jar. If anything
 * fails, the application starts and runs nevertheless.
 */
@NullMarked
package io.corral.agent;

import org.jspecify.annotations.NullMarked;
