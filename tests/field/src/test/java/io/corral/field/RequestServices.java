package io.corral.field;

import io.corral.integration.harness.ForkedJvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The cases that are servers: of each, its clients are tenants that a rule can tell apart. */
final class RequestServices {

    private static final String GRPC = "grpc";

    private RequestServices() {}

    /** Those that are wanted. */
    static Stream<Service> all() {
        return Stream.of(
                        GRPC,
                        "helidon",
                        "jetty10",
                        "jetty11",
                        "jetty12",
                        "jetty94",
                        "netty",
                        "springboot",
                        "springboot35",
                        "undertow22",
                        "undertow23",
                        "vertx",
                        "webflux",
                        "webflux35")
                .map(name -> new Service(name, 25))
                .filter(Service::isWanted);
    }

    static boolean isGrpc(Service service) {
        return service.name().equals(GRPC);
    }

    /** The line that tells the tenants of a service apart: in {@code /tenants/NAME}. */
    static String rule(Service service) {
        return isGrpc(service)
                ? "enter grpc -> /tenants/{metadata.x-tenant}\n"
                : "enter http -> /tenants/{header.X-Tenant}\n";
    }

    /** The option of the agent for a new rules file. */
    static String rulesOption(String rules) throws IOException {
        Path file = Files.createTempFile(ForkedJvm.temporaryFiles(), "requests-", ".conf");
        return "rules=" + Files.writeString(file, rules);
    }
}
