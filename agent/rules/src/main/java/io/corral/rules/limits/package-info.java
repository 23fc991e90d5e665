/** Rules that begin with {@code limit}: the containers that they match, and their controls. */
@NullMarked
package io.corral.rules.limits;

import org.jspecify.annotations.NullMarked;
