/** Virtual threads and their carriers. */
@NullMarked
package io.corral.integration.virtual;

import org.jspecify.annotations.NullMarked;
