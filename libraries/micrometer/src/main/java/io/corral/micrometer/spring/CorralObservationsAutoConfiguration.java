package io.corral.micrometer.spring;

import io.corral.Containers;
import io.corral.micrometer.CorralObservations;
import io.micrometer.observation.ObservationHandler;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Creates a {@link CorralObservations} bean, which Spring Boot adds to its registry of
 * observations. Only with Micrometer Tracing: nothing else exports what it adds.
 */
@AutoConfiguration
@ConditionalOnClass(
        value = {ObservationHandler.class, Containers.class},
        name = "io.micrometer.tracing.Tracer")
public class CorralObservationsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CorralObservations corralObservations() {
        return new CorralObservations();
    }
}
