package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Scope;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.handover.TaskScope;
import io.corral.runtime.placement.EntryRules;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import jakarta.servlet.ServletRequestWrapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.connector.RequestFacade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebFlux calls a handler, which prepares what runs after its return. */
class PreparedRequestTest {

    private static final HierarchyTree ENDPOINT = Trees.hierarchy("prepared-endpoint");

    private static final String PATTERN =
            "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";

    private final EntryRuleSet rules = new EntryRuleSet();

    /** With the getters of WebFlux's exchange. */
    public record Exchange(Object request) {

        public @Nullable Object getAttribute(String name) {
            return name.equals(PATTERN) ? "/orders/{id}" : null;
        }
    }

    /** A request of a server that knows no route. */
    public static final class Unmapped extends ServletRequestWrapper {

        Unmapped() {
            super(new RequestFacade(Map.of()));
        }

        public String getMethod() {
            return "GET";
        }

        public Map<String, String> servletContext() {
            return Map.of("contextPath", "");
        }

        public Map<String, String> httpServletMapping() {
            return Map.of("pattern", "");
        }
    }

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @BeforeEach
    void setRules() {
        rules.replace(RulesParser.parse(
                        "f", "enter http -> hierarchy prepared-endpoint /{method}/{route}")
                .rules()
                .entries());
    }

    @AfterEach
    void noScopeIsOpen() {
        assertThat(member().hasScope()).isFalse();
    }

    @Test
    void routeHoldsUntilTheScopeAroundTheMethodCloses() {
        try (Scope outer = EnteredScope.open(member(), begun())) {
            assertThat(endpoint()).isEqualTo("/GET");
            Destination prepared = Objects.requireNonNull(prepared());
            assertThat(((EntryRules.Lasting) prepared).outlastsMethod()).isTrue();
            // As the hook does, which then has nothing to close.
            EnteredScope.open(member(), prepared);
            assertThat(endpoint()).isEqualTo("/GET/orders/{id}");
        }
        assertThat(endpoint()).isEqualTo("/");
    }

    /** A loop of a thread may be in a scope for the thread's life. */
    @Test
    void scopeThatNothingWouldCloseEndsWithTheMethod() {
        assertThat(outlastsMethod()).isFalse();
        try (Scope loop = EnteredScope.open(member(), ENDPOINT.root().at("loop"))) {
            assertThat(outlastsMethod()).isFalse();
        }
    }

    @Test
    void routeHoldsUntilTheTaskEnds() {
        Object task = TaskScope.begin(
                member(), member().working().enter(ENDPOINT.root().at("a")));
        assertThat(outlastsMethod()).isTrue();
        EnteredScope.open(member(), Objects.requireNonNull(prepared()));
        assertThat(endpoint()).isEqualTo("/GET/orders/{id}");
        TaskScope.end(member(), task);
        assertThat(endpoint()).isEqualTo("/");
    }

    private boolean outlastsMethod() {
        return ((EntryRules.Lasting) Objects.requireNonNull(prepared())).outlastsMethod();
    }

    @Test
    void routeLeavesAScopeOfCode() {
        try (Scope outer = EnteredScope.open(member(), begun());
                Scope code = EnteredScope.open(member(), ENDPOINT.root().at("code"))) {
            assertThat(prepared()).isNull();
        }
    }

    /** The server begins the request: its route is not known. */
    private Destination begun() {
        int site = rules.site(
                "org.apache.catalina.core.ApplicationFilterChain",
                List.of(),
                "doFilter",
                List.of("jakarta.servlet.ServletRequest"));
        Object[] arguments = {new Unmapped()};
        return Objects.requireNonNull(rules.destination(site, Object.class, null, arguments, null));
    }

    private @Nullable Destination prepared() {
        int site = rules.site(
                "org.springframework.web.reactive.result.method.annotation"
                        + ".RequestMappingHandlerAdapter",
                List.of(),
                "handle",
                List.of("org.springframework.web.server.ServerWebExchange", "java.lang.Object"));
        Map<String, Object> request =
                Map.of("method", "GET", "path", Map.of("contextPath", Map.of("value", "")));
        Object[] arguments = {new Exchange(request), new Object()};
        return rules.destination(site, Object.class, null, arguments, null);
    }

    private static String endpoint() {
        return member().working().container(ENDPOINT).path();
    }

    private static Member member() {
        return Members.current();
    }
}
