/** What a running JVM or a recording says about its containers. */
@NullMarked
package io.corral.tools.reading;

import org.jspecify.annotations.NullMarked;
