package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.rules.file.LoggedLines;
import io.corral.rules.file.RulesParser;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules for requests read of a path, a host, cookies and a principal. */
class RequestPlaceholdersTest {

    private static final int MEGABYTE = 1 << 20;

    /** A request with the getters of the servlet API. */
    public record Request(
            String requestURI,
            @Nullable String serverName,
            List<String> cookieHeaders,
            @Nullable Principal userPrincipal) {

        static Request of(String requestURI) {
            return new Request(requestURI, null, List.of(), null);
        }

        public @Nullable String getHeader(String name) {
            return null;
        }

        public Enumeration<String> getHeaders(String name) {
            return Collections.enumeration(name.equals("Cookie") ? cookieHeaders : List.of());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/acme/orders/17, 1, acme",
        "/acme/orders/17, 2, orders",
        "/acme/orders/17, 3, 17",
        "/acme/orders/17, 4, null",
        "//acme//orders, 2, orders",
        "/acme;jsessionid=7/orders, 1, acme",
        "/a%20b+c%C3%A4, 1, a b+cä",
        "/a%2Fb, 1, null",
        "/%2e%2e/x, 1, null",
        "/%zz, 1, null",
        "/a%0Ab, 1, a\\nb",
        "http://shop.example:8080/acme/x, 1, acme",
        "http://shop.example, 1, null",
        "*, 1, *",
        "'', 1, null",
    })
    void pathGivesOneOfItsNames(String path, int number, String name) {
        assertThat(servlet("{path." + number + "}", Request.of(path))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "acme.example, acme.example",
        "ACME.Example:8080, acme.example",
        "127.0.0.1:80, 127.0.0.1",
        "[::1]:8080, [::1]",
        "[::1], [::1]",
        "::1, ::1",
        ":80, :80",
        "a/b, null",
        "'', null",
    })
    void hostHasNoPortAndIsInLowerCase(String host, String name) {
        assertThat(servlet("{host}", new Request("/", host, List.of(), null))).isEqualTo(name);
        assertThat(jdk("{host}", Map.of("Host", host))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tenant=acme | acme",
                "a=b; tenant=acme; c=d | acme",
                "a=b;tenant = acme | acme",
                "xtenant=b; tenantx=c; tenant=acme | acme",
                "tenant=\"acme\" | acme",
                "tenant=a=b | a=b",
                "tenant=one; tenant=two | one",
                "a=tenant; tenant | null",
                "tenant= | null",
                "tenant=a/b | null",
                "'' | null",
            })
    void cookieHasTheTenant(String header, String name) {
        assertThat(servlet("{cookie.tenant}", withCookies(header))).isEqualTo(name);
        assertThat(jdk("{cookie.tenant}", Map.of("Cookie", header))).isEqualTo(name);
    }

    /** With HTTP/2 each cookie may have a header of its own. */
    @Test
    void cookiesMayBeInSeveralHeaders() {
        assertThat(servlet("{cookie.tenant}", withCookies("a=b", "tenant=acme", "tenant=x")))
                .isEqualTo("acme");
    }

    /** A search for each separator would take time in proportion to the square. */
    @ParameterizedTest
    @ValueSource(strings = {";", "a;", "=;", "tenant", "tenant=;"})
    void headerOfAMegabyteTakesNoTime(String repeated) {
        String header = repeated.repeat(MEGABYTE / repeated.length());
        long begin = System.nanoTime();
        assertThat(servlet("{cookie.tenant}", withCookies(header))).isEqualTo("null");
        assertThat(servlet("{path.99}", Request.of(header.replace(';', '/')))).hasSizeLessThan(256);
        assertThat(jdk("{baggage.tenant}", Map.of("baggage", header.replace(';', ','))))
                .isEqualTo("null");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void principalIsTheNameOfTheAuthenticatedUser() {
        assertThat(servlet("{principal}", withPrincipal(() -> "ann"))).isEqualTo("ann");
        assertThat(servlet("{principal}", withPrincipal(null))).isEqualTo("null");
        assertThat(servlet("{principal}", withPrincipal(() -> null))).isEqualTo("null");
    }

    @Test
    void principalMayBeAProxy() {
        Principal proxy = proxy("ann", Principal.class);
        assertThat(Proxy.isProxyClass(proxy.getClass())).isTrue();
        assertThat(servlet("{principal}", withPrincipal(proxy))).isEqualTo("ann");
    }

    /** With an interface that its module does not export, the class of a proxy is not exported. */
    @Test
    void principalMayBeAProxyOfWhichOnlyAnInterfaceCanBeRead() throws Exception {
        Class<?> notExported = Class.forName("jdk.internal.access.JavaLangAccess");
        Principal proxy = proxy("ann", Principal.class, notExported);
        assertThat(proxy.getClass().getDeclaredMethod("getName").trySetAccessible())
                .isFalse();
        assertThat(servlet("{principal}", withPrincipal(proxy))).isEqualTo("ann");
    }

    @Test
    void principalThatThrowsIsReportedOnce() {
        Request request = withPrincipal(() -> {
            throw new IllegalStateException("the session is over");
        });
        List<String> lines = LoggedLines.during(
                () -> assertThat(servlet("{principal}", request)).isEqualTo("null"));
        assertThat(lines)
                .singleElement()
                .asString()
                .endsWith("{principal} has thrown java.lang.IllegalStateException:"
                        + " the session is over");
    }

    /** Before a filter has authenticated the user, for example. */
    @Test
    void requestWithoutTheValueIsLeftToTheNextRuleWithoutALine() {
        List<String> lines = LoggedLines.during(() -> {
            for (String each : List.of("{path.1}", "{host}", "{cookie.tenant}", "{principal}")) {
                assertThat(servlet(each, Request.of("/"))).isEqualTo("null");
                assertThat(jdk(each, Map.of())).isEqualTo("null");
            }
        });
        assertThat(lines).isEmpty();
    }

    private static Principal proxy(String name, Class<?>... interfaces) {
        return (Principal) Proxy.newProxyInstance(
                RequestPlaceholdersTest.class.getClassLoader(),
                interfaces,
                (proxy, method, arguments) -> method.getName().equals("getName") ? name : null);
    }

    private static Request withCookies(String... headers) {
        return new Request("/", null, List.of(headers), null);
    }

    private static Request withPrincipal(@Nullable Principal principal) {
        return new Request("/", null, List.of(), principal);
    }

    private static String servlet(String placeholder, Request request) {
        return placed(
                placeholder,
                "org.apache.catalina.core.ApplicationFilterChain",
                "doFilter",
                new String[] {"ServletRequest"},
                request);
    }

    public record JdkExchange(Headers requestHeaders) {

        public URI requestURI() {
            return URI.create("/");
        }

        public @Nullable Principal principal() {
            return null;
        }
    }

    /** Headers as those of the JDK's server. */
    public record Headers(Map<String, String> values) {

        public @Nullable String getFirst(String name) {
            return values.get(name);
        }

        public @Nullable List<String> get(Object name) {
            String value = values.get(name);
            return value == null ? null : List.of(value);
        }
    }

    private static String jdk(String placeholder, Map<String, String> headers) {
        return placed(
                placeholder,
                "com.sun.net.httpserver.Filter$Chain",
                "doFilter",
                new String[] {"HttpExchange"},
                new JdkExchange(new Headers(headers)));
    }

    private static String placed(
            String placeholder, String type, String method, String[] types, Object request) {
        EntryRuleSet rules = new EntryRuleSet();
        RulesParser.Parsed parsed =
                RulesParser.parse("f", "enter http -> /request-test/" + placeholder);
        assertThat(parsed.errors()).isEmpty();
        rules.replace(parsed.rules().entries());
        int site = rules.site(type, List.of(), method, List.of(types));
        Object[] arguments = new Object[types.length];
        arguments[0] = request;
        String place = String.valueOf(rules.destination(site, Object.class, null, arguments, null));
        return place.equals("a request without a rule")
                ? "null"
                : place.replace("main:/request-test/", "");
    }
}
