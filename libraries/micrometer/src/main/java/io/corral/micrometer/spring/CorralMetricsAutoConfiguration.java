package io.corral.micrometer.spring;

import io.corral.Containers;
import io.corral.micrometer.CorralMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Creates a {@link CorralMetrics} bean, which Actuator binds to the application's registries.
 * Without Actuator the bean is not used.
 */
@AutoConfiguration
@ConditionalOnClass({MeterBinder.class, Containers.class})
public class CorralMetricsAutoConfiguration {

    private static final String SERIES = "management.metrics.corral.series";

    /** @param environment may have the property {@code management.metrics.corral.series} */
    @Bean
    @ConditionalOnMissingBean
    CorralMetrics corralMetrics(Environment environment) {
        return new CorralMetrics(
                environment.getProperty(SERIES, Integer.class, CorralMetrics.SERIES));
    }
}
