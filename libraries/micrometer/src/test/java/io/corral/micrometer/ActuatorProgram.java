package io.corral.micrometer;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot application with Actuator, which runs in the forked JVM. */
@Configuration
@EnableAutoConfiguration
public class ActuatorProgram {

    private static volatile long sink;
    private static volatile String observed = "";

    /**
     * Prints its port, and ends with its standard input.
     *
     * @param arguments with one, meters and observations are bound by hand before
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 1) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new CorralMetrics().bindTo(registry);
            System.out.println("meters bound by hand: " + registry.getMeters().size());
            System.out.println("an observation has: " + observationBoundByHand());
        }
        SpringApplication application = new SpringApplication(ActuatorProgram.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "management.endpoints.web.exposure.include", "prometheus,metrics"));
        WebServerApplicationContext context =
                (WebServerApplicationContext) application.run(arguments);
        System.out.println("port=" + context.getWebServer().getPort());
        System.in.read();
        System.exit(0);
    }

    /** What a stopped observation has got. */
    private static KeyValues observationBoundByHand() {
        CorralObservations observations = new CorralObservations();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(observations)
                .observationHandler(context -> true)
                .observationFilter(observations);
        Observation observation = Observation.start("bound", registry);
        observation.stop();
        return observation.getContext().getHighCardinalityKeyValues();
    }

    /** Meters of new containers that are 0 for a shorter time than usual. */
    @Configuration
    @ConditionalOnProperty("zero")
    static class ShortZero {

        @Bean
        CorralMetrics corralMetrics(@Value("${zero}") Duration zero) {
            return new CorralMetrics(CorralMetrics.SERIES, zero);
        }
    }

    /** Keeps what a bridge for tracing would put on the span of the last request for work. */
    @Bean
    ObservationHandler<Observation.Context> lastObservation() {
        return new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                String all = context.getHighCardinalityKeyValues().toString();
                if (all.contains("/work")) {
                    observed = all;
                }
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        };
    }

    @RestController
    static class Work {

        @GetMapping("/observed")
        String observed() {
            return observed;
        }

        /** A fixed amount of work for a tenant. */
        @GetMapping("/work")
        String work(@RequestParam("tenant") String tenant) {
            work("/tenants/" + tenant, 50_000_000);
            return "done";
        }

        /** Without the API in its signature, since the program also runs without the agent. */
        private static void work(String path, int rounds) {
            try (Scope scope = Containers.at(path).enter()) {
                long hash = sink;
                for (int i = 0; i < rounds; i++) {
                    hash = hash * 31 + i;
                }
                sink = hash;
            }
        }

        /** Each of many tenants works once. Returns the path and the CPU nanoseconds of each. */
        @GetMapping("/bursts")
        String bursts(@RequestParam("tenants") int tenants) {
            for (int i = 0; i < tenants; i++) {
                work("/bursts/t" + i, 5_000_000);
            }
            Containers.snapshot(Duration.ZERO);
            StringBuilder used = new StringBuilder();
            for (int i = 0; i < tenants; i++) {
                Container each = Containers.at("/bursts/t" + i);
                used.append(each.path())
                        .append(' ')
                        .append(each.ownUsage().cpuNanos())
                        .append('\n');
            }
            return used.toString();
        }

        @GetMapping("/remove")
        String remove(@RequestParam("tenant") String tenant) {
            Containers.at("/tenants/" + tenant).remove();
            return "done";
        }

        /** CPU nanoseconds by the API. */
        @GetMapping("/own")
        long own(@RequestParam("tenant") String tenant) {
            Container container = Containers.at("/tenants/" + tenant);
            return container.ownUsage().cpuNanos();
        }
    }
}
