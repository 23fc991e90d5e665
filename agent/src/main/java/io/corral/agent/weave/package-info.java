/**
 * Weaves the JDK's {@code Thread} and {@code VirtualThread}: where, {@link
 * io.corral.agent.weave.WeavePoint} says; how, {@link io.corral.agent.weave.ThreadWeaving}.
 */
@NullMarked
package io.corral.agent.weave;

import org.jspecify.annotations.NullMarked;
