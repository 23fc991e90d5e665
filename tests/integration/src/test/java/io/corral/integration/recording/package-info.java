/** Events in flight recordings, from the first recording to the end of the JVM. */
@NullMarked
package io.corral.integration.recording;

import org.jspecify.annotations.NullMarked;
