package io.corral.rules.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.Scope;
import io.corral.rules.file.LoggedLines;
import io.corral.rules.file.RulesParser;
import io.corral.runtime.api.Api;
import io.corral.runtime.container.Destination;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.Door;
import io.corral.runtime.control.Refused;
import io.corral.runtime.thread.Members;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.catalina.connector.RequestFacade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a limit does with the parts of a request, which are calls of methods of Tomcat. */
class RefusedRequestsTest {

    private static final HierarchyTree TENANT = Trees.hierarchy("refused-tenant");

    private final EntryRuleSet rules = new EntryRuleSet();
    private final Limits limits = TENANT.root().at("acme").api().limits();

    @BeforeAll
    static void initializeApi() {
        Api.initialize();
    }

    @BeforeEach
    void useARule() {
        RulesParser.Parsed parsed =
                RulesParser.parse("f", "enter http -> hierarchy refused-tenant /acme\n");
        assertThat(parsed.errors()).isEmpty();
        rules.replace(parsed.rules().entries());
    }

    @AfterEach
    void nothingIsCounted() {
        assertThat(limits.stat().requests()).isZero();
        limits.reset();
    }

    /** A response of the servlet API. */
    public static class Response {

        final Map<String, String> headers = new TreeMap<>();
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        int status;
        boolean isCommitted;

        public boolean isCommitted() {
            return isCommitted;
        }

        public void resetBuffer() {
            body.reset();
        }

        public void setStatus(int code) {
            status = code;
        }

        public void setHeader(String name, String value) {
            headers.put(name, value);
        }

        public void setContentType(String type) {
            headers.put("Content-Type", type);
        }

        public Object getOutputStream() {
            return body;
        }
    }

    /** A filter has asked for the writer, so that there is no stream. */
    public static final class WriterResponse extends Response {

        final StringWriter written = new StringWriter();

        @Override
        public Object getOutputStream() {
            throw new IllegalStateException("getWriter() has been called");
        }

        public Object getWriter() {
            return written;
        }
    }

    private static Object request() {
        return new RequestFacade(Map.of());
    }

    private static RequestScopesTest.Wrapper wrapped(Object request, String dispatcherType) {
        RequestScopesTest.Wrapper wrapper = new RequestScopesTest.Wrapper(request);
        wrapper.dispatcherType = dispatcherType;
        return wrapper;
    }

    @Test
    void requestBeyondTheLimitGetsAnAnswer() {
        limits.requestsMax(0);
        Response response = new Response();
        Object entered = begin(request(), response);
        assertThat(entered).isInstanceOf(Refused.class);
        assertThat(((Refused) entered).result()).isNull();
        assertThat(response.status).isEqualTo(429);
        assertThat(response.headers)
                .containsEntry("Content-Type", "text/plain;charset=utf-8")
                .extractingByKey("Retry-After")
                .asString()
                .matches("[12]");
        assertThat(response.body.toString(StandardCharsets.UTF_8))
                .startsWith("limit requests.max of container /acme is exceeded")
                .endsWith("\n");
        assertThat(limits.stat().shed()).isPositive();
    }

    @Test
    void writerThatAFilterHasAskedForGetsTheText() {
        limits.requestsMax(0);
        WriterResponse response = new WriterResponse();
        assertThat(begin(request(), response)).isInstanceOf(Refused.class);
        assertThat(response.written.toString()).startsWith("limit requests.max of container /acme");
    }

    @Test
    void requestWhoseResponseIsCommittedGoesOn() {
        limits.requestsMax(0);
        LimitStat before = limits.stat();
        Response response = new Response();
        response.isCommitted = true;
        close(begin(request(), response));
        assertThat(response.status).isZero();
        assertThat(limits.stat().over()).isEqualTo(before.over() + 1);
    }

    @Test
    void requestOfAServerThatIsNotAsExpectedGoesOnAndOneLineSaysSo() {
        limits.requestsMax(0);
        List<String> lines = LoggedLines.during(() -> {
            close(begin(request(), "no response"));
            close(begin(request(), "no response"));
        });
        assertThat(lines)
                .containsExactly(
                        "limits only count the requests of Tomcat that exceed them, since Corral"
                                + " can't answer there: java.lang.String has no \"isCommitted\""
                                + " that can be called");
    }

    @Test
    void partsOfARequestCountOnce() {
        limits.requestsMax(1);
        Object request = request();
        Object outer = begin(request, new Response());
        Object inner = begin(request, new Response());
        Object forwarded = begin(wrapped(request, "FORWARD"), new Response());
        assertThat(limits.stat().requests()).isEqualTo(1);
        assertThat(begin(request(), new Response())).isInstanceOf(Scope.class);
        close(forwarded);
        close(inner);
        close(outer);
    }

    @Test
    void errorPageIsNotRefusedWhenAnotherRequestHasTakenThePlace() throws Exception {
        limits.requestsMax(1);
        Object request = request();
        close(begin(request, new Response()));
        onAnotherThread(() -> {
            Object other = begin(request(), new Response());
            try {
                onAnotherThread(() -> {
                    Object page = begin(wrapped(request, "ERROR"), new Response());
                    assertThat(page).isInstanceOf(Scope.class);
                    assertThat(limits.stat().requests()).isEqualTo(1);
                    close(page);
                });
            } finally {
                close(other);
            }
        });
    }

    /** It had no limit when it began, so that no part of it has been let in. */
    @ParameterizedTest
    @ValueSource(strings = {"FORWARD", "INCLUDE", "ERROR", "ASYNC"})
    void laterPartOfARequestIsNotRefused(String dispatcherType) throws Exception {
        Object request = request();
        close(begin(request, new Response()));
        limits.requestsMax(0);
        onAnotherThread(() -> {
            assertThat(begin(request(), new Response())).isInstanceOf(Refused.class);
            Object later = begin(wrapped(request, dispatcherType), new Response());
            assertThat(later).isInstanceOf(Scope.class);
            close(later);
        });
    }

    @Test
    void asynchronousRequestCountsUntilTheServerEndsIt() throws Exception {
        limits.requestsMax(1);
        Object request = request();
        Object first = begin(request, new Response());
        startAsync(request);
        close(first);
        assertThat(limits.stat().requests()).isEqualTo(1);
        onAnotherThread(() -> {
            assertThat(begin(request(), new Response())).isInstanceOf(Refused.class);
            Object later = begin(wrapped(request, "ASYNC"), new Response());
            assertThat(later).isInstanceOf(Scope.class);
            close(later);
        });
        assertThat(limits.stat().requests()).isEqualTo(1);
        recycle(request);
    }

    @Test
    void requestThatIsNotAsynchronousEndsWithItsFirstPart() {
        limits.requestsMax(1);
        close(begin(request(), new Response()));
        assertThat(limits.stat().requests()).isZero();
    }

    private @Nullable Object begin(Object request, Object response) {
        int site = rules.site(
                "org.apache.catalina.core.ApplicationFilterChain",
                List.of(),
                "doFilter",
                List.of("jakarta.servlet.ServletRequest", "jakarta.servlet.ServletResponse"));
        assertThat(rules.canRefuse(site)).isTrue();
        Destination destination =
                rules.destination(site, Object.class, null, new Object[] {request, response}, null);
        return destination == null ? null : Door.enter(Members.current(), destination, false);
    }

    private static void close(@Nullable Object entered) {
        if (entered != null) {
            ((Scope) entered).close();
        }
    }

    private void startAsync(Object request) {
        int site = rules.site(
                "org.apache.catalina.connector.Request",
                List.of(),
                "startAsync",
                List.of("jakarta.servlet.ServletRequest", "jakarta.servlet.ServletResponse"));
        Object[] arguments = {request, ""};
        assertThat(rules.destination(site, Object.class, null, arguments, null)).isNull();
    }

    private void recycle(Object request) {
        int site = rules.site(
                "org.apache.catalina.connector.Request", List.of(), "recycle", List.of());
        Object recycled = Map.of("facade", request);
        assertThat(rules.destination(site, Object.class, recycled, new Object[0], null))
                .isNull();
    }

    private interface Body {
        void run() throws InterruptedException;
    }

    private static void onAnotherThread(Body body) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Throwable failure) {
                thrown[0] = failure;
            }
        });
        thread.start();
        thread.join();
        if (thrown[0] != null) {
            throw new AssertionError(thrown[0]);
        }
    }
}
