/**
 * Weaves the JDK's {@code Thread} and {@code VirtualThread}: where, {@link
 * io.corral.agent.weave.WeavePoint} says; how, {@link io.corral.agent.weave.ThreadWeaving}. And, where there may be
 * another copy of the API, {@code ClassLoader}: {@link io.corral.agent.weave.OneCopy} says when.
 */
@NullMarked
package io.corral.agent.weave;

import org.jspecify.annotations.NullMarked;
