package io.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

/** Observations without the agent. Those with it are in {@link ActuatorIT}. */
class CorralObservationsTest {

    @Test
    void withoutTheAgentObservationsAreAsTheyWere() {
        CorralObservations observations = new CorralObservations();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(context -> true)
                .observationHandler(observations)
                .observationFilter(observations);
        Observation.Context context = new Observation.Context();
        Observation.createNotStarted("work", () -> context, registry).observe(() -> {});
        assertThat(context.getHighCardinalityKeyValues()).isEmpty();
    }

    @Test
    void currentObservationIsTheSameForAllRegistries() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(context -> true);
        Observation.createNotStarted("work", registry)
                .observe(() -> assertThat(ObservationRegistry.create().getCurrentObservation())
                        .isNotNull()
                        .isSameAs(registry.getCurrentObservation()));
    }
}
