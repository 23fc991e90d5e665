package io.corral.opentelemetry;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;

import java.util.concurrent.TimeUnit;

/** Prints the attributes of a span. */
final class SdkWithoutCorralProgram {

    private SdkWithoutCorralProgram() {}

    public static void main(String[] arguments) {
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk();
        Tracer tracer = sdk.getTracer("test");
        tracer.spanBuilder("one").startSpan().end();
        tracer.spanBuilder("two").startSpan().end();
        sdk.getSdkTracerProvider().forceFlush().join(10, TimeUnit.SECONDS);
        System.out.println("attributes="
                + MemoryExporterProvider.EXPORTER.getFinishedSpanItems().get(1).getAttributes());
    }
}
