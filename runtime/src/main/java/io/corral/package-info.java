/**
 * The API: containers for JVM threads, and what each container's threads have used.
 *
 * <p>Every live thread is a <em>member</em> of exactly one {@link io.corral.Container} in each
 * {@link io.corral.Hierarchy}. A thread is born where the thread that starts it works at that
 * moment, unless it is the JVM's own, a rule places it, or it is a pool's worker. It can be moved
 * for good ({@link io.corral.Container#attach}) or work elsewhere for a while
 * ({@link io.corral.Container#enter}). {@link io.corral.Containers} is the entry point.
 *
 * <p>Without the agent the same classes work: containers can be made and entered,
 * {@link io.corral.Containers#isActive()} is false and usage is {@linkplain io.corral.Usage#UNKNOWN
 * unknown}.
 *
 * <p>Every method may be called by any thread. A null argument is a {@link NullPointerException};
 * nothing returns null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.corral;

import org.jspecify.annotations.NullMarked;
