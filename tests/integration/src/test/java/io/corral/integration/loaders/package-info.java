/** Class loaders, modules and web applications that bring a copy of the API. */
@NullMarked
package io.corral.integration.loaders;

import org.jspecify.annotations.NullMarked;
