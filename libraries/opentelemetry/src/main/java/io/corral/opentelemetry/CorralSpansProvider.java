package io.corral.opentelemetry;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

/**
 * Makes OpenTelemetry's autoconfiguration, and so its Java agent, call {@link CorralSpans} for each
 * span processor. A service file names it.
 */
public final class CorralSpansProvider implements AutoConfigurationCustomizerProvider {

    @Override
    public void customize(AutoConfigurationCustomizer customizer) {
        ProcessorGroup group = new ProcessorGroup();
        customizer.addSpanProcessorCustomizer((processor, config) -> group.add(processor));
    }

    /** After those of the application: what they return is wrapped. */
    @Override
    public int order() {
        return Integer.MAX_VALUE;
    }
}
