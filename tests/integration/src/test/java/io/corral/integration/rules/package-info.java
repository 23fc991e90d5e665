/** Rules for threads, methods and requests, and their reload. */
@NullMarked
package io.corral.integration.rules;

import org.jspecify.annotations.NullMarked;
