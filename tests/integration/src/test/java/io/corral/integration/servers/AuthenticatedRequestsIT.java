package io.corral.integration.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Limits of tenants that are known only behind a filter: a request passes the door of its tenant,
 * and gives back the place in the container in which it has begun.
 */
class AuthenticatedRequestsIT {

    private static final String ENTER = """
            enter http -> /tenants/{principal}
            enter http -> /tenants/none
            """;

    private static final String LIMITS = """
            limit /tenants/* requests.max 1
            limit /tenants   requests.max 2
            """;

    @TempDir
    Path folder;

    @Test
    void requestCountsForItsTenantAloneOnceThatIsKnown() throws IOException {
        ForkedJvm.Outcome outcome = run(ENTER + LIMITS);
        assertThat(outcome.value("held")).isEqualTo("all 1 none 0 a 1 b 0");
        assertThat(outcome.value("refused"))
                .isEqualTo("429 limit requests.max of container /tenants/a is exceeded:"
                        + " 1 of 1 requests");
        assertThat(outcome.value("other")).isEqualTo("200");
        assertThat(outcome.value("suspended")).isEqualTo("all 2 none 0 a 1 b 1");
        assertThat(outcome.value("full")).isEqualTo("429");
        assertThat(outcome.value("answers")).isEqualTo("200 200");
        assertThat(outcome.value("ended")).isEqualTo("all 0 none 0 a 0 b 0");
        assertThat(outcome.value("peak")).isEqualTo("2 lost=0");
        assertThat(outcome.value("next")).isEqualTo("200");
        assertThat(outcome.err()).doesNotContain("corral:");
    }

    @Tag("full")
    @Test
    void withoutLimitsNothingIsRefused() throws IOException {
        ForkedJvm.Outcome outcome = run(ENTER);
        assertThat(outcome.value("held")).isEqualTo("all 0 none 0 a 0 b 0");
        assertThat(outcome.value("refused")).isEqualTo("200 done");
        assertThat(outcome.value("full")).isEqualTo("200");
    }

    private ForkedJvm.Outcome run(String rules) throws IOException {
        Files.writeString(folder.resolve("rules.conf"), rules);
        return ForkedJvm.on(Jdk.newest())
                .agentArguments("rules=" + folder.resolve("rules.conf"))
                .runMain(AuthenticatingTomcat.class);
    }
}
