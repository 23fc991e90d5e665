package io.corral.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules files that Corral brings, each on the service that it is made for. */
class RulesFilesIT {

    /** A file, a case, and where the file puts a tenant of that case. */
    record RulesFile(String name, Service service, String container) {

        /** A file with the name of the case. */
        RulesFile(String name, int feature, String container) {
            this(name, new Service(name, feature), container);
        }

        static RulesFile http(String service) {
            return new RulesFile("http", new Service(service, 25), "/tenants/%s");
        }

        @Override
        public String toString() {
            return name + ".rules on " + service;
        }

        Path path() {
            return FOLDER.resolve(name + ".rules");
        }
    }

    /**
     * The rest is the clients, networks, the warm-up, and what a broker or Spark does on its own.
     */
    private static final double LEAST_OF_TENANTS = 0.2;

    private static final Path FOLDER =
            Path.of("../../distribution/rules").toAbsolutePath().normalize();

    private static final List<RulesFile> FILES = List.of(
            new RulesFile("activemq", 25, "/activemq/%s"),
            new RulesFile("artemis", 25, "/artemis/%s"),
            new RulesFile("grpc", 25, "/grpc/field.Work/%s"),
            new RulesFile("h2", 25, "/h2/%S"),
            new RulesFile("hazelcast", 25, "/hazelcast/%s"),
            RulesFile.http("helidon"),
            RulesFile.http("jetty12"),
            RulesFile.http("jetty94"),
            RulesFile.http("netty"),
            RulesFile.http("springboot"),
            new RulesFile("jdbc", 25, "/jdbc/%s"),
            new RulesFile("kafka", 25, "/kafka/%s"),
            new RulesFile("quartz", 25, "/quartz/%s"),
            new RulesFile("spark", 21, "/spark/%s"));

    static Stream<RulesFile> files() {
        return FILES.stream().filter(each -> each.service().isWanted());
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachTenantIsChargedItsRequests(RulesFile file) {
        Reading reading =
                file.service().start().agentArguments("rules=" + file.path()).run();
        System.out.println(file + ", " + file.service().jdk() + ": " + reading);

        assertThat(reading.outcome().err()).doesNotContain("corral:");
        TenantShares.areOneToTwoToThree(reading, file.container(), LEAST_OF_TENANTS);
    }

    @Test
    void eachRulesFileHasATest() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(FILES.stream().map(RulesFile::path).distinct())
                    .containsExactlyInAnyOrderElementsOf(files.toList());
        }
    }
}
