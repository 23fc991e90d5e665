/** Containers as a tree: hierarchies, attach, listing and removal. */
@NullMarked
package io.corral.integration.container;

import org.jspecify.annotations.NullMarked;
