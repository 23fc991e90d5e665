package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Scope;
import io.corral.rules.file.LoggedLines;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.handover.TaskScope;
import io.corral.runtime.membership.Measurement;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import jakarta.servlet.ServletRequestWrapper;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.apache.catalina.connector.RequestFacade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a request is after filters, code, other rules and its dispatches. A part of a request is a
 * call of Tomcat's method for filters and the servlet.
 */
class RequestScopesTest {

    private static final HierarchyTree TENANT = Trees.hierarchy("request-tenant");
    private static final HierarchyTree ENDPOINT = Trees.hierarchy("request-endpoint");

    /** A request without a header is in {@code none}. */
    private static final String CATCH_ALL = """
            enter a.B#c -> hierarchy request-tenant /{0}
            enter http -> hierarchy request-tenant /{header.X-Tenant}
            enter http -> hierarchy request-tenant /none
            """;

    private static final String ENDPOINTS = "enter http -> hierarchy request-endpoint /{route}\n";

    private final EntryRuleSet rules = new EntryRuleSet();

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @AfterEach
    void noScopeIsOpen() {
        assertThat(member().hasScope()).isFalse();
    }

    /** Has getters that the request within does not have, as a wrapper of a filter does. */
    public static final class Wrapper extends ServletRequestWrapper {

        public @Nullable String tenant;
        public String route = "";
        public String dispatcherType = "REQUEST";

        Wrapper(Object request) {
            super(request);
        }

        public String getMethod() {
            return "GET";
        }

        public @Nullable String getHeader(String name) {
            return tenant;
        }

        public Map<String, String> servletContext() {
            return Map.of("contextPath", "");
        }

        public Map<String, String> httpServletMapping() {
            return Map.of("pattern", route);
        }
    }

    /** A request that is no wrapper, and not of a server that is known. */
    public static final class Stranger {
        public @Nullable String getHeader(String name) {
            return null;
        }
    }

    private static Wrapper request() {
        return new Wrapper(new RequestFacade(Map.of()));
    }

    private static Wrapper wrapped(Object request, String dispatcherType) {
        Wrapper wrapper = new Wrapper(request);
        wrapper.dispatcherType = dispatcherType;
        return wrapper;
    }

    @Test
    void catchAllLeavesAScopeOfCode() {
        rules(CATCH_ALL);
        Wrapper request = request();
        assertThat(part(request, () -> code("acme", () -> part(request, this::tenant))))
                .isEqualTo("/acme");
    }

    @Test
    void catchAllLeavesAScopeOfCodeAroundAWrapper() {
        rules(CATCH_ALL);
        Wrapper request = request();
        assertThat(part(
                        request,
                        () -> code("acme", () -> part(new Wrapper(request), this::tenant))))
                .isEqualTo("/acme");
    }

    @Test
    void catchAllLeavesTheContainerOfAnotherRule() {
        rules(CATCH_ALL);
        Wrapper request = request();
        assertThat(part(request, () -> method("acme", () -> part(request, this::tenant))))
                .isEqualTo("/acme");
    }

    @Test
    void codeMayChooseTheContainerThatTheRuleHasChosen() {
        rules("enter http -> hierarchy request-tenant /{header.X-Tenant}\n"
                + "enter http -> hierarchy request-tenant /none");
        Wrapper request = request();
        Wrapper named = new Wrapper(request);
        named.tenant = "acme";
        assertThat(part(request, () -> code("none", () -> part(named, this::tenant))))
                .isEqualTo("/none");
    }

    @Test
    void ruleReplacesItsOwnPlaceOnceMoreIsKnown() {
        rules(CATCH_ALL);
        Wrapper request = request();
        Wrapper named = new Wrapper(request);
        named.tenant = "acme";
        assertThat(part(request, () -> tenant() + part(named, this::tenant) + tenant()))
                .isEqualTo("/none/acme/none");
    }

    @Test
    void laterLineDoesNotReplaceAnEarlierOne() {
        rules(CATCH_ALL);
        Wrapper request = request();
        Wrapper named = new Wrapper(request);
        named.tenant = "acme";
        assertThat(part(named, () -> part(request, this::tenant))).isEqualTo("/acme");
    }

    @Test
    void scopeInOneHierarchyDoesNotHoldTheOther() {
        rules(CATCH_ALL + ENDPOINTS);
        Wrapper request = request();
        Wrapper controller = new Wrapper(request);
        controller.route = "orders";
        assertThat(part(
                        request,
                        () -> code("acme", () -> part(controller, () -> tenant() + endpoint()))))
                .isEqualTo("/acme/orders");
    }

    @Test
    void scopeInsideTheControllersPlaceHolds() {
        rules(CATCH_ALL + ENDPOINTS);
        Wrapper request = request();
        Wrapper controller = new Wrapper(request);
        controller.route = "orders";
        Wrapper forward = wrapped(controller, "FORWARD");
        forward.route = "page";
        String place = part(
                request,
                () -> part(
                        controller,
                        () -> code("acme", () -> part(forward, () -> tenant() + endpoint()))));
        assertThat(place).isEqualTo("/acme/page");
    }

    @Test
    void forwardInAForwardStaysInTheScopeOfCode() {
        rules(CATCH_ALL);
        Wrapper first = request();
        Wrapper forward = wrapped(first, "FORWARD");
        Wrapper second = wrapped(forward, "FORWARD");
        String places = part(
                first,
                () -> code(
                        "acme",
                        () -> part(
                                forward,
                                () -> tenant()
                                        + code("inner", () -> part(second, this::tenant))
                                        + part(second, this::tenant))));
        assertThat(places).isEqualTo("/acme/inner/acme");
    }

    @Test
    void forwardAfterTheScopeIsDecidedByTheRule() {
        rules(CATCH_ALL);
        Wrapper request = request();
        String places = part(
                request,
                () -> code("acme", () -> part(request, this::tenant))
                        + part(wrapped(request, "FORWARD"), this::tenant));
        assertThat(places).isEqualTo("/acme/none");
    }

    /** The server begins with these parts when the scopes have ended. */
    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "ASYNC"})
    void partThatTheServerBeginsIsWhereTheLastOneWas(String dispatcherType) throws Exception {
        rules(CATCH_ALL);
        Wrapper request = request();
        Wrapper later = wrapped(request, dispatcherType);
        part(request, () -> code("acme", () -> part(request, this::tenant)));
        assertThat(part(later, this::tenant)).isEqualTo("/acme");
        assertThat(onAnotherThread(() -> part(later, () -> part(later, this::tenant))))
                .isEqualTo("/acme");
        assertThat(part(request, () -> part(later, this::tenant))).isEqualTo("/acme");
    }

    /** Some servers dispatch on the thread of the first part, before that has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "ASYNC"})
    void partThatTheServerBeginsWithinTheFirstOneResumesTheScope(String dispatcherType) {
        rules(CATCH_ALL);
        Wrapper request = request();
        String places = part(request, () -> {
            code("acme", () -> startAsync(request));
            return tenant() + part(wrapped(request, dispatcherType), this::tenant);
        });
        assertThat(places).isEqualTo("/none/acme");
    }

    @Test
    void errorPageStaysWithThePrincipalThatItDoesNotKnow() {
        rules(CATCH_ALL);
        Wrapper request = request();
        Wrapper named = new Wrapper(request);
        named.tenant = "acme";
        part(request, () -> part(named, this::tenant));
        assertThat(part(wrapped(request, "ERROR"), this::tenant)).isEqualTo("/acme");
    }

    @Test
    void anotherRuleDecidesAgainAfterADispatch() throws Exception {
        rules(CATCH_ALL);
        Wrapper request = request();
        Wrapper later = wrapped(request, "ASYNC");
        part(request, () -> code("acme", () -> part(request, this::tenant)));
        String places = onAnotherThread(() ->
                part(later, () -> tenant() + method("other", () -> part(later, this::tenant))));
        assertThat(places).isEqualTo("/acme/other");
    }

    /** The thread that dispatches may work for another tenant. */
    @ParameterizedTest
    @ValueSource(strings = {"", "acme"})
    void submitterOfADispatchDoesNotPlaceTheRequest(String codes) throws Exception {
        rules(CATCH_ALL);
        Wrapper request = request();
        Wrapper later = wrapped(request, "ASYNC");
        part(request, () -> codes.isEmpty() ? "" : code(codes, () -> part(request, () -> "")));
        Membership submitter = Membership.ROOT.enter(TENANT.root().at("stranger"));
        String place = onAnotherThread(() -> task(submitter, () -> part(later, this::tenant)));
        assertThat(place).isEqualTo(codes.isEmpty() ? "/none" : "/acme");
    }

    /** The scope is opened after the last filter, so no later part has seen it. */
    @Test
    void scopeAtTheStartOfAsynchronousWorkIsRemembered() throws Exception {
        rules(CATCH_ALL);
        Wrapper request = request();
        part(request, () -> code("acme", () -> startAsync(request)));
        assertThat(onAnotherThread(() -> part(wrapped(request, "ASYNC"), this::tenant)))
                .isEqualTo("/acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORWARD", "INCLUDE"})
    void scopeOfAnAsynchronousTaskHoldsForADispatchByCode(String dispatcherType) throws Exception {
        rules(CATCH_ALL);
        Wrapper request = request();
        part(request, this::tenant);
        String place = onAnotherThread(() -> task(
                Membership.ROOT.enter(TENANT.root().at("none")),
                () -> code("acme", () -> part(wrapped(request, dispatcherType), this::tenant))));
        assertThat(place).isEqualTo("/acme");
    }

    @Test
    void includeDoesNotPlaceTheRequest() {
        rules(CATCH_ALL);
        Wrapper request = request();
        Wrapper include = wrapped(request, "INCLUDE");
        part(
                request,
                () -> code(
                        "acme",
                        () -> part(
                                request,
                                () -> code("section", () -> part(include, this::tenant)))));
        assertThat(part(wrapped(request, "ERROR"), this::tenant)).isEqualTo("/acme");
    }

    @Test
    void scopeAroundTheServerDoesNotHoldAndIsNamedOnce() {
        rules(CATCH_ALL);
        List<String> logged = LoggedLines.during(() -> {
            for (int i = 0; i < 2; i++) {
                assertThat(code("server", () -> part(request(), this::tenant))).isEqualTo("/none");
            }
        });
        assertThat(logged)
                .containsExactly("f:3: a request was in request-tenant:/server before its first"
                        + " filter or handler, and this line takes it to request-tenant:/none"
                        + " (logged once); to keep it, enter request-tenant:/server in a filter or"
                        + " in the handler");
    }

    @Test
    void requestWithinARequestIsPlacedByItself() {
        rules(CATCH_ALL);
        Wrapper inner = request();
        inner.tenant = "inner";
        Wrapper outer = request();
        String places = part(
                outer,
                () -> code("acme", () -> part(inner, this::tenant) + part(outer, this::tenant)));
        assertThat(places).isEqualTo("/inner/acme");
    }

    @Test
    void objectThatCorralDoesNotKnowMayWrapTheRequest() {
        rules(CATCH_ALL);
        assertThat(part(request(), () -> code("acme", () -> part(new Stranger(), this::tenant))))
                .isEqualTo("/acme");
    }

    /** A server that Corral does not know may use it for the next request. */
    @Test
    void objectThatCorralDoesNotKnowIsNotRemembered() {
        rules(CATCH_ALL);
        Stranger request = new Stranger();
        part(request, () -> code("acme", () -> part(request, this::tenant)));
        assertThat(part(request, this::tenant)).isEqualTo("/none");
    }

    @Test
    void recycledRequestIsForgotten() {
        rules(CATCH_ALL);
        Wrapper request = request();
        part(request, () -> code("acme", () -> part(request, this::tenant)));
        Object[] none = {};
        int recycle = rules.site(
                "org.apache.catalina.connector.Request", List.of(), "recycle", List.of());
        Object channel = Map.of("facade", request.getRequest());
        assertThat(rules.destination(recycle, Object.class, channel, none, null))
                .isNull();
        assertThat(part(wrapped(request, "ASYNC"), this::tenant)).isEqualTo("/none");
    }

    @Test
    void measurementIsNoPlace() {
        rules(CATCH_ALL);
        Wrapper request = request();
        Wrapper named = new Wrapper(request);
        named.tenant = "acme";
        Measurement measurement = Measurement.begin(Membership.ROOT);
        assertThat(part(request, () -> in(measurement, () -> part(named, this::tenant))))
                .isEqualTo("/acme");
    }

    @Test
    void wrappersInACircleEnd() {
        rules(CATCH_ALL);
        class Circle extends ServletRequestWrapper {
            Circle() {
                super("");
            }

            @Override
            public Object getRequest() {
                return this;
            }
        }
        assertThat(part(new Circle(), this::tenant)).isEqualTo("/none");
    }

    @Test
    void samePlaceOpensNoFurtherScope() {
        rules(CATCH_ALL + ENDPOINTS);
        Wrapper request = request();
        part(request, () -> {
            assertThat(destination(request)).isNull();
            return "";
        });
    }

    private void rules(String file) {
        RulesParser.Parsed parsed = RulesParser.parse("f", file);
        assertThat(parsed.errors()).isEmpty();
        rules.replace(parsed.rules().entries());
    }

    private String tenant() {
        return member().working().container(TENANT).path();
    }

    private String endpoint() {
        return member().working().container(ENDPOINT).path();
    }

    private static Member member() {
        return Members.current();
    }

    private String part(Object request, Callable<String> body) {
        return in(destination(request), body);
    }

    private @Nullable Destination destination(Object request) {
        int site = rules.site(
                "org.apache.catalina.core.ApplicationFilterChain",
                List.of(),
                "doFilter",
                List.of("jakarta.servlet.ServletRequest"));
        return rules.destination(site, Object.class, null, new Object[] {request}, null);
    }

    private String startAsync(Object request) {
        List<String> types =
                List.of("jakarta.servlet.ServletRequest", "jakarta.servlet.ServletResponse");
        int site =
                rules.site("org.apache.catalina.connector.Request", List.of(), "startAsync", types);
        return in(
                rules.destination(site, Object.class, null, new Object[] {request, ""}, null),
                () -> "");
    }

    private String method(String tenant, Callable<String> body) {
        int site = rules.site("a.B", List.of(), "c", List.of("java.lang.String"));
        return in(rules.destination(site, Object.class, null, new Object[] {tenant}, null), body);
    }

    private static String code(String tenant, Callable<String> body) {
        return in(TENANT.root().at(tenant), body);
    }

    private static String in(@Nullable Destination destination, Callable<String> body) {
        Scope scope = destination == null ? null : EnteredScope.open(member(), destination);
        try {
            return body.call();
        } catch (Exception thrown) {
            throw new AssertionError(thrown);
        } finally {
            if (scope != null) {
                scope.close();
            }
        }
    }

    /** Runs a body as a task that a submitter has handed over. */
    private static String task(Membership submitter, Callable<String> body) {
        Object begun = TaskScope.begin(member(), submitter);
        try {
            return in(null, body);
        } finally {
            TaskScope.end(member(), begun);
        }
    }

    private static String onAnotherThread(Callable<String> body) throws Exception {
        FutureTask<String> task = new FutureTask<>(body);
        Thread thread = new Thread(task);
        thread.start();
        return task.get();
    }
}
