/** Notices of containers without members. */
@NullMarked
package io.corral.it.release;

import org.jspecify.annotations.NullMarked;
