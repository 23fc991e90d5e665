/**
 * The container and the usage of spans, for an application that has OpenTelemetry's SDK or its Java
 * agent. This package is loaded by the application's class loader, or by that of the Java agent's
 * extensions.
 *
 * <p>A {@link UsageProcessor} stands before each span processor. When a span starts, the processor
 * makes an {@link OpenSpan}, and {@link OpenSpans} finds it again. {@link EnteredContainers} notes
 * the containers that the thread enters meanwhile. When the span ends, the next processor gets a
 * {@link SpanWithUsage}.
 */
@NullMarked
package io.corral.opentelemetry;

import org.jspecify.annotations.NullMarked;
