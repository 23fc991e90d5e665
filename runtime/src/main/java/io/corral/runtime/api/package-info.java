/** The API's interfaces, implemented on top of all other packages. No class here holds state. */
@NullMarked
package io.corral.runtime.api;

import org.jspecify.annotations.NullMarked;
