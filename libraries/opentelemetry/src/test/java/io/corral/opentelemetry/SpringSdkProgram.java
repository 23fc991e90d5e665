package io.corral.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.servlet.Filter;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The application with the SDK: a filter makes a span of each request. */
@Configuration
@EnableAutoConfiguration
public class SpringSdkProgram {

    private static final OpenTelemetrySdk SDK =
            AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk();
    private static final Tracer TRACER = SDK.getTracer("test");

    /**
     * Prints at its end the spans by container and name, too: their number and their CPU seconds.
     *
     * @param arguments whether requests are on virtual threads
     */
    public static void main(String[] arguments) throws Exception {
        SpringProgram.serve(SpringSdkProgram.class, arguments[0]);
        SDK.getSdkTracerProvider().forceFlush().join(10, TimeUnit.SECONDS);
        TreeMap<String, Double> seconds = new TreeMap<>();
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (SpanData each : MemoryExporterProvider.EXPORTER.getFinishedSpanItems()) {
            String key = each.getAttributes().get(AttributeKey.stringKey("corral.container")) + " "
                    + each.getName();
            counts.merge(key, 1, Integer::sum);
            seconds.merge(
                    key,
                    Objects.requireNonNull(
                            each.getAttributes().get(AttributeKey.doubleKey("corral.cpu.time"))),
                    Double::sum);
        }
        seconds.forEach((key, value) -> System.out.println("seconds " + key + "=" + value));
        counts.forEach((key, value) -> System.out.println("spans " + key + "=" + value));
        System.exit(0);
    }

    @Bean
    Filter serverSpans() {
        return (request, response, chain) -> {
            Span span =
                    TRACER.spanBuilder("request").setSpanKind(SpanKind.SERVER).startSpan();
            try (Scope current = span.makeCurrent()) {
                chain.doFilter(request, response);
            } finally {
                span.end();
            }
        };
    }

    @RestController
    static class Work {

        /** Half of the work is in a span inside. */
        @GetMapping("/work")
        String work(@RequestParam("rounds") int rounds) {
            SpringProgram.burn(rounds / 2);
            Span inner = TRACER.spanBuilder("query").startSpan();
            try (Scope current = inner.makeCurrent()) {
                SpringProgram.burn(rounds / 2);
            } finally {
                inner.end();
            }
            return Thread.currentThread().toString();
        }
    }
}
