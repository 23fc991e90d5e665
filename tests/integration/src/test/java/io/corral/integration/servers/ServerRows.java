package io.corral.integration.servers;

import io.corral.integration.harness.Jdk;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Rows of tests on servers: the JDK, and the server with its kind of threads. */
final class ServerRows {

    private ServerRows() {}

    /** @param servers each as in {@code tomcat virtual}; left out on JDKs without such threads */
    static Stream<Arguments> onEachJdk(String... servers) {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of(servers)
                        .filter(each -> !each.endsWith("virtual") || jdk.hasVirtualThreads())
                        .map(each -> Arguments.of(jdk, each)));
    }
}
