package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Limits;
import io.corral.Scope;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.Door;
import io.corral.runtime.control.Refused;
import io.corral.runtime.thread.Members;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.RequestFacade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What limits do with a request that begins in a container for all tenants. A later part of the
 * request, such as the filter after the authentication, enters the tenant's container.
 */
class RefinedRequestsTest {

    private static final HierarchyTree TENANT = Trees.hierarchy("refined-tenant");

    private static final String RULES = """
            enter http -> hierarchy refined-tenant /tenants/{header.X-Tenant}
            enter http -> hierarchy refined-tenant /tenants/none
            """;

    private final EntryRuleSet rules = new EntryRuleSet();
    private final Limits all = limits("tenants");
    private final Limits none = limits("tenants/none");
    private final Limits acme = limits("tenants/acme");
    private final Object request = new RequestFacade(Map.of());

    private static Limits limits(String path) {
        return TENANT.root().at(path).api().limits();
    }

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @BeforeEach
    void useTheRules() {
        RulesParser.Parsed parsed = RulesParser.parse("f", RULES);
        assertThat(parsed.errors()).isEmpty();
        rules.replace(parsed.rules().entries());
    }

    @AfterEach
    void nothingIsCounted() {
        for (Limits each : List.of(all, none, acme)) {
            assertThat(each.stat().requests()).isZero();
            assertThat(each.stat().lost()).isZero();
            each.reset();
        }
    }

    @Test
    void requestPassesTheDoorOfItsTenantAndGivesBackThePlaceThatItHad() {
        none.requestsMax(1);
        acme.requestsMax(1);
        Object first = begin(request);
        assertThat(none.stat().requests()).isOne();
        Object refined = begin(authenticated(request));
        assertThat(refined).isInstanceOf(Scope.class);
        assertThat(none.stat().requests()).isZero();
        assertThat(acme.stat().requests()).isOne();
        close(refined);
        assertThat(acme.stat().requests()).isZero();
        close(first);
    }

    @Test
    void requestOfAFullTenantIsRefusedAlthoughItHasBegun() {
        none.requestsMax(1);
        acme.requestsMax(0);
        long shed = acme.stat().shed();
        long over = acme.stat().over();
        Object first = begin(request);
        RefusedRequestsTest.Response response = new RefusedRequestsTest.Response();
        assertThat(begin(authenticated(request), response)).isInstanceOf(Refused.class);
        assertThat(response.status).isEqualTo(429);
        assertThat(acme.stat().shed()).isEqualTo(shed + 1);
        assertThat(acme.stat().over()).isEqualTo(over);
        assertThat(none.stat().requests()).isOne();
        close(first);
    }

    @Test
    void requestNeedsNoSecondPlaceInTheContainerAboveBoth() {
        all.requestsMax(1);
        acme.requestsMax(1);
        Object first = begin(request);
        Object refined = begin(authenticated(request));
        assertThat(refined).isInstanceOf(Scope.class);
        assertThat(all.stat().requests()).isOne();
        assertThat(all.stat().peakRequests()).isOne();
        close(refined);
        assertThat(all.stat().requests()).isZero();
        close(first);
    }

    @Test
    void refusedRequestKeepsThePlaceInTheContainerAboveBothUntilItEnds() {
        all.requestsMax(1);
        none.requestsMax(1);
        acme.requestsMax(0);
        Object first = begin(request);
        assertThat(begin(authenticated(request))).isInstanceOf(Refused.class);
        assertThat(all.stat().requests()).isOne();
        close(first);
    }

    @Test
    void requestOfATenantWithoutALimitGivesBackThePlaceThatItHad() {
        none.requestsMax(1);
        Object first = begin(request);
        assertThat(none.stat().requests()).isOne();
        Object refined = begin(authenticated(request));
        assertThat(none.stat().requests()).isZero();
        close(refined);
        close(first);
    }

    private @Nullable Object begin(Object part) {
        return begin(part, new RefusedRequestsTest.Response());
    }

    private @Nullable Object begin(Object part, Object response) {
        int site = rules.site(
                "org.apache.catalina.core.ApplicationFilterChain",
                List.of(),
                "doFilter",
                List.of("jakarta.servlet.ServletRequest", "jakarta.servlet.ServletResponse"));
        Destination destination =
                rules.destination(site, Object.class, null, new Object[] {part, response}, null);
        return destination == null ? null : Door.enter(Members.current(), destination, false);
    }

    private static Object authenticated(Object request) {
        RequestScopesTest.Wrapper wrapper = new RequestScopesTest.Wrapper(request);
        wrapper.tenant = "acme";
        return wrapper;
    }

    private static void close(@Nullable Object entered) {
        if (entered != null) {
            ((Scope) entered).close();
        }
    }
}
