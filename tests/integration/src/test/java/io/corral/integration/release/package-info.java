/** Notices of containers without members. */
@NullMarked
package io.corral.integration.release;

import org.jspecify.annotations.NullMarked;
