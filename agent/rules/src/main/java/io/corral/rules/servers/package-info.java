/** Which methods of known servers handle requests, and how to read a request there. */
@NullMarked
package io.corral.rules.servers;

import org.jspecify.annotations.NullMarked;
