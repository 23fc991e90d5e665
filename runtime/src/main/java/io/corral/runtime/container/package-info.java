/**
 * The trees of containers: creation, names, bounds, who is in a container, and its release.
 *
 * <p>One lock, {@link io.corral.runtime.container.Trees#LOCK}, guards the structure: which
 * hierarchies, containers and memberships there are. Hooks take it only when a thread goes to a
 * combination of containers for the first time, or when a container was removed under it.
 */
@NullMarked
package io.corral.runtime.container;

import org.jspecify.annotations.NullMarked;
