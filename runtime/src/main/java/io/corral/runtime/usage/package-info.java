/** Takes readings of usage: settles the meters of running threads, and sums the charges. */
@NullMarked
package io.corral.runtime.usage;

import org.jspecify.annotations.NullMarked;
