package io.corral.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values chosen by clients create containers only where rules ask for it. */
class HttpRequestsTest {

    private static final String TOMCAT = "org.apache.catalina.core.ApplicationFilterChain";

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

    private static ServletContext context(String path) {
        return new ServletContext(path);
    }

    private static String destination(String path, Request request) {
        EntryRuleSet rules = new EntryRuleSet();
        rules.replace(RulesParser.parse("f", "enter http -> " + path).rules().entries());
        int site = rules.site(TOMCAT, List.of(), "doFilter", List.of("a.ServletRequest"));
        return String.valueOf(rules.destination(site, null, new Object[] {request}, null, null));
    }
}
