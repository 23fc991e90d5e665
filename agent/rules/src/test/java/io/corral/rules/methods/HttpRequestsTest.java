package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.LoggedLines;
import io.corral.rules.file.RulesParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values chosen by clients create containers only where rules ask for it. */
class HttpRequestsTest {

    private static final String TOMCAT = "org.apache.catalina.core.ApplicationFilterChain";

    private static final String UNPLACED = "a request without a rule";

    /** A request with the getters of the servlet API. */
    public record Request(String method, String contextPath, ServletContext servletContext) {

        public Object httpServletMapping() {
            return Map.of("pattern", "/orders/*");
        }
    }

    public record ServletContext(String contextPath) {}

    @ParameterizedTest
    @CsvSource({
        "GET, GET",
        "PATCH, PATCH",
        "BREW, other",
        "get, other",
    })
    void nonStandardMethodIsOther(String method, String name) {
        assertThat(destination("/http-test/{method}", new Request(method, "", context(""))))
                .isEqualTo("main:/http-test/" + name);
    }

    /** The context path of a Tomcat request is what the client sent. */
    @ParameterizedTest
    @CsvSource({"/shop", "/%73hop", "/shop;a=1", "/x/../shop"})
    void routeBeginsWithTheConfiguredContextPath(String sent) {
        assertThat(destination("/http-test/{route}", new Request("GET", sent, context("/shop"))))
                .isEqualTo("main:/http-test/shop/orders/*");
    }

    public record JdkExchange(Headers requestHeaders) {}

    /** Headers as those of the JDK's server. */
    public record Headers(Map<String, String> values) {

        public String getFirst(String name) {
            return values.get(name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tenant=acme | acme",
                "a=b, tenant = acme;ttl=3 ,c=d | acme",
                "tenant=a%20b+c%C3%A4 | a b+cä",
                "xtenant=b,tenantx=c,tenant=acme | acme",
                "a=b;tenant=c | null",
                "tenant | null",
                "tenant=%zz | null",
                "tenant=a%2Fb | null",
                "tenant=a%0Ab | a\\nb",
                "tenant=a%E2%80%AEb | a\\u202eb",
                "tenant= | null",
            })
    void baggageHasTheTenant(String header, String name) {
        assertThat(jdkDestination("/http-test/{baggage.tenant}", Map.of("baggage", header)))
                .isEqualTo(name.equals("null") ? UNPLACED : "main:/http-test/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", ""})
    void headerThatIsNotAValidNameIsLeftToTheNextRule(String value) {
        assertThat(jdkDestination("/http-test/{header.X-Tenant}", Map.of("X-Tenant", value)))
                .isEqualTo(UNPLACED);
    }

    @Test
    void controlAndDirectionCharactersOfAHeaderAreEscaped() {
        assertThat(jdkDestination(
                        "/http-test/{header.X-Tenant}", Map.of("X-Tenant", "a\nb\u202Ec\u2066")))
                .isEqualTo("main:/http-test/a\\nb\\u202ec\\u2066");
    }

    @Test
    void headerOfAMegabyteIsLeftToTheNextRule() {
        assertThat(jdkDestination(
                        "/http-test/{header.X-Tenant}", Map.of("X-Tenant", "x".repeat(1 << 20))))
                .isEqualTo(UNPLACED);
    }

    private static String jdkDestination(String path, Map<String, String> headers) {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(RulesParser.parse("f", "enter http -> " + path).rules().entries());
        int site = rules.site(
                "com.sun.net.httpserver.Filter$Chain", List.of(), "doFilter", List.of("a.B"));
        Object[] arguments = {new JdkExchange(new Headers(headers))};
        return String.valueOf(rules.destination(site, Object.class, null, arguments, null));
    }

    @Test
    void unknownVersionOfAServerIsNamedOnce() {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(RulesParser.parse("f", "enter http -> /http-test/a\nenter a.B#c -> /b")
                .rules()
                .entries());
        List<String> lines = LoggedLines.during(() -> {
            rules.unmatched("io.undertow.server.Connectors", "undertow-core-9.jar");
            rules.unmatched("io.undertow.server.Connectors", "undertow-core-9.jar");
            rules.unmatched("a.B", "b.jar");
        });
        assertThat(lines)
                .containsExactly("f:1: this version of Undertow is unknown"
                        + " (undertow-core-9.jar), since none of the known methods is in"
                        + " io.undertow.server.Connectors; its requests are placed as if this rule"
                        + " were not there");
    }

    /** Vert.x 5 has the methods of this class in a superclass. */
    @Test
    void classThatOnlyContinuesRequestsDoesNotReportAnUnknownVersion() {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(
                RulesParser.parse("f", "enter http -> /http-test/a").rules().entries());
        List<String> lines = LoggedLines.during(
                () -> rules.unmatched("io.vertx.core.impl.DuplicatedContext", "vertx-core-5.jar"));
        assertThat(lines).isEmpty();
    }

    public record Listener(Call call) {}

    public record Call(Object stream) {}

    /** There is no rule for requests, or no request of the listener has begun. */
    @ParameterizedTest
    @ValueSource(strings = {"", "enter grpc -> /http-test/{metadata.tenant}\n"})
    void usersRuleMayNameAMethodThatContinuesRequests(String first) {
        EntryRuleSet rules = new EntryRuleSet();
        String listener = "io.grpc.internal.ServerCallImpl$ServerStreamListenerImpl";
        String source = first + "enter " + listener + "#halfClosed -> /http-test/mine";
        rules.replace(RulesParser.parse("f", source).rules().entries());
        int site = rules.site(listener, List.of(), "halfClosed", List.of());
        Object self = new Listener(new Call(new Object()));
        assertThat(rules.destination(site, Object.class, self, new Object[0], null))
                .hasToString("main:/http-test/mine");
    }

    private static ServletContext context(String path) {
        return new ServletContext(path);
    }

    private static String destination(String path, Request request) {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(RulesParser.parse("f", "enter http -> " + path).rules().entries());
        int site = rules.site(TOMCAT, List.of(), "doFilter", List.of("a.ServletRequest"));
        return String.valueOf(
                rules.destination(site, Object.class, null, new Object[] {request}, null));
    }
}
