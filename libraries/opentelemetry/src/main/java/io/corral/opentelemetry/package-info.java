/**
 * The container and the usage of spans, for an application that has OpenTelemetry's SDK or its Java
 * agent. This package is loaded by the application's class loader, or by that of the Java agent's
 * extensions.
 *
 * <p>A {@code UsageProcessor} stands before each span processor. When a span starts, the processor
 * makes an {@code OpenSpan}, and {@code OpenSpans} finds it again. {@code EnteredContainers} notes
 * the containers that the thread enters meanwhile. When the span ends, the next processor gets a
 * {@code SpanWithUsage}.
 */
@NullMarked
package io.corral.opentelemetry;

import org.jspecify.annotations.NullMarked;
