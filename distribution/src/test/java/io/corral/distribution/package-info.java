/** Tests of the archive for users. */
@NullMarked
package io.corral.distribution;

import org.jspecify.annotations.NullMarked;
