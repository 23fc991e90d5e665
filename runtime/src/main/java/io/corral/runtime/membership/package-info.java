/**
 * The interned memberships, each of which combines a container of each hierarchy: moves between
 * them, those that are referred to weakly or are measured, and their end when a container is
 * removed.
 */
@NullMarked
package io.corral.runtime.membership;

import org.jspecify.annotations.NullMarked;
