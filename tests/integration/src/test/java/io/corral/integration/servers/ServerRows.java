package io.corral.integration.servers;

import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Rows of tests on servers: the JDK, and the server with its kind of threads. */
final class ServerRows {

    private ServerRows() {}

    /**
     * In the full run each server on each JDK, and the first {@code daily} ones on the newest JDK
     * otherwise.
     *
     * @param servers each as in {@code tomcat virtual}; left out on JDKs without such threads
     */
    static Stream<Arguments> of(int daily, String... servers) {
        return Jdk.eachInFullRun().stream()
                .flatMap(jdk -> FullRun.rows(daily, List.of(servers))
                        .filter(each -> !each.endsWith("virtual") || jdk.hasVirtualThreads())
                        .map(each -> Arguments.of(jdk, each)));
    }
}
