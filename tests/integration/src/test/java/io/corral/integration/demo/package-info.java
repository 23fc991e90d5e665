/** The demo, its recording as other tools read it, and the small examples. */
@NullMarked
package io.corral.integration.demo;

import org.jspecify.annotations.NullMarked;
