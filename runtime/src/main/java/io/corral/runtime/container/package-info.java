/**
 * Who is where: the trees of containers, the interned memberships, and each thread as a member.
 *
 * <p>One lock, {@link io.corral.runtime.container.Trees#LOCK}, guards the structure: which
 * containers and memberships there are. Hooks take it only when a thread goes to a combination of
 * containers for the first time, or when a container was removed under it.
 */
@NullMarked
package io.corral.runtime.container;

import org.jspecify.annotations.NullMarked;
