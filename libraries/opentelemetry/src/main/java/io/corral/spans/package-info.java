/**
 * What a thread uses between the start and the end of a span, and the container of the span. The
 * libraries for OpenTelemetry and for Micrometer share this, and each jar has it. It uses the API
 * alone, and is not for applications.
 */
@NullMarked
package io.corral.spans;

import org.jspecify.annotations.NullMarked;
