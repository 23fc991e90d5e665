/** Class loaders, modules and web applications that bring a copy of the API. */
@NullMarked
package io.corral.it.loaders;

import org.jspecify.annotations.NullMarked;
