/**
 * Weaves the JDK's {@code Thread} and {@code VirtualThread} at the points of
 * {@link io.corral.agent.weave.WeavePoint}; the classes of tasks and queues; and
 * {@code ClassLoader}, if there may be another copy of the API.
 */
@NullMarked
package io.corral.agent.weave;

import org.jspecify.annotations.NullMarked;
