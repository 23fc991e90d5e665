/** Everything at once, for minutes, in a small heap. */
@NullMarked
package io.corral.integration.soak;

import org.jspecify.annotations.NullMarked;
