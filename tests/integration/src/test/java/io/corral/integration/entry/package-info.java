/** Scopes: a thread enters a container and leaves it. */
@NullMarked
package io.corral.integration.entry;

import org.jspecify.annotations.NullMarked;
