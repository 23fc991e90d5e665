/**
 * The API: containers for the threads of a JVM, and the usage of each container.
 *
 * <p>Every live thread is a <em>member</em> of exactly one {@link io.corral.Container} in each
 * {@link io.corral.Hierarchy}. A thread is born in the container in which its starter works at that
 * moment, unless it is the JVM's own, a rule places it, or it is a worker of a pool. It can be
 * moved for good ({@link io.corral.Container#attach}), or work in another container for a limited
 * time ({@link io.corral.Container#enter}). {@link io.corral.Containers} is the entry point.
 *
 * <p>Without the agent the same classes work: containers can be made and entered,
 * {@link io.corral.Containers#isActive()} is false and usage is {@linkplain io.corral.Usage#UNKNOWN
 * unknown}.
 *
 * <p>Every method may be called by any thread. A null argument causes a
 * {@link NullPointerException}. No method returns null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.corral;

import org.jspecify.annotations.NullMarked;
