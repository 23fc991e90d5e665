@NullMarked
package io.corral.jmc;

import org.jspecify.annotations.NullMarked;
