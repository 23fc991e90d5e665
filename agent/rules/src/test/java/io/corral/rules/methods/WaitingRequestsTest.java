package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Limits;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.RequestDestination;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request may wait: not in a handler of Jetty that must not block. */
class WaitingRequestsTest {

    private static final HierarchyTree TENANT = Trees.hierarchy("waiting-tenant");

    private final EntryRuleSet rules = new EntryRuleSet();
    private Limits limits;

    @BeforeEach
    void useARuleAndALimit() {
        Api.initialize();
        limits = TENANT.root().at("acme").api().limits();
        limits.requestsMax(1);
        rules.replace(RulesParser.parse("f", "enter http -> hierarchy waiting-tenant /acme\n")
                .rules()
                .entries());
    }

    @AfterEach
    void liftTheLimit() {
        limits.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NON_BLOCKING", "EITHER"})
    void requestWhoseHandlerMustNotBlockMayNotWait(String type) {
        assertThat(begin(Map.of("invocationType", type)).mayWait()).isFalse();
    }

    @Test
    void requestWhoseHandlerMayBlockMayWait() {
        assertThat(begin(Map.of("invocationType", "BLOCKING")).mayWait()).isTrue();
    }

    @Test
    void requestOfAServerThatDoesNotSayWhetherItMayBlockMayWait() {
        assertThat(begin(Map.of()).mayWait()).isTrue();
    }

    private RequestDestination begin(Map<String, String> server) {
        int site = rules.site(
                "org.eclipse.jetty.server.Server",
                List.of(),
                "handle",
                List.of(
                        "org.eclipse.jetty.server.Request",
                        "org.eclipse.jetty.server.Response",
                        "org.eclipse.jetty.util.Callback"));
        Object[] arguments = {new Object(), "", ""};
        return (RequestDestination) rules.destination(site, Object.class, server, arguments, null);
    }
}
