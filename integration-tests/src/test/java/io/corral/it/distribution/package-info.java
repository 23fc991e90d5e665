/** Tests of the archive for users. */
@NullMarked
package io.corral.it.distribution;

import org.jspecify.annotations.NullMarked;
