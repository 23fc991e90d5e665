package io.corral.integration.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.FullRun;
import io.corral.integration.harness.Jdk;
import io.corral.integration.support.CpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tenants are told apart on servers whose requests change threads or share one. */
class ServersIT {

    private static final String RULE = "enter http -> /tenants/{header.X-Tenant}\n";

    /** As on the page of requests. */
    private static final String XNIO_HANDS_OVER =
            "handover org.jboss.threads.EnhancedQueueExecutor#execute({0})"
                    + " run org.jboss.threads.ContextHandler$1#runWith({0})\n";

    @TempDir
    Path folder;

    static Stream<Arguments> servers() {
        List<String> servers = List.of(
                "NettyProgram pool",
                "UndertowProgram dispatch",
                "NettyProgram streaming",
                "NettyProgram aggregated",
                "NettyProgram group",
                "UndertowProgram io",
                "UndertowProgram blocking",
                "UndertowProgram task",
                "UndertowProgram pass",
                "UndertowProgram worker");
        return FullRun.rows(1, servers)
                .map(server -> server.split(" ", -1))
                .map(words ->
                        Arguments.of(ServersIT.class.getPackageName() + "." + words[0], words[1]));
    }

    @ParameterizedTest
    @MethodSource("servers")
    @Execution(ExecutionMode.CONCURRENT)
    void requestIsChargedToItsTenant(String server, String kind) throws IOException {
        requestIsChargedByTheRule(
                kind.equals("worker") ? RULE + XNIO_HANDS_OVER : RULE, server, kind);
    }

    @ParameterizedTest
    @CsvSource({
        "{path.2}, io.corral.integration.servers.NettyProgram, streaming",
        "{cookie.tenant}, io.corral.integration.servers.NettyProgram, streaming",
        "{path.2}, io.corral.integration.servers.UndertowProgram, io",
        "{cookie.tenant}, io.corral.integration.servers.UndertowProgram, io",
    })
    @Tag("full")
    @Execution(ExecutionMode.CONCURRENT)
    void tenantMayBeInThePathOrInACookie(String placeholder, String server, String kind)
            throws IOException {
        requestIsChargedByTheRule("enter http -> /tenants/" + placeholder + "\n", server, kind);
    }

    private void requestIsChargedByTheRule(String rule, String server, String kind)
            throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.conf"), rule);
        ForkedJvm.Outcome outcome = ForkedJvm.on(Jdk.newest())
                .agentArguments("rules=" + rules)
                .flags(CpuLoad.FLAG)
                .runMain(TenantRequests.class, server, kind);
        assertThat(outcome.value("wrong")).as(outcome.err()).isEqualTo("[]");
        assertThat(outcome.value("pipelined"))
                .matches("/tenants/a /tenants/b /((pools|threads)/.+)? /tenants/c");
        assertThat(outcome.err()).doesNotContain("corral:");
    }
}
