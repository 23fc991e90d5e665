/** Scopes: a thread enters a container and leaves it. */
@NullMarked
package io.corral.it.entry;

import org.jspecify.annotations.NullMarked;
