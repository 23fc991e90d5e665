/** Virtual threads and their carriers. */
@NullMarked
package io.corral.it.virtual;

import org.jspecify.annotations.NullMarked;
