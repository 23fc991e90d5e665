/** Everything at once, for minutes, in a small heap. */
@NullMarked
package io.corral.it.soak;

import org.jspecify.annotations.NullMarked;
