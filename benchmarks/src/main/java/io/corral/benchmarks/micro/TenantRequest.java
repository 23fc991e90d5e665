package io.corral.benchmarks.micro;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpServer;
import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to the JDK's server, whose tenant a header names and whose endpoint is where its path leads. There is no connection: it
 * is handled where the server would call its filters and its handler, which is where rules for {@code http} take it.
 */
final class TenantRequest extends HttpExchange {

    private static final String TENANT_HEADER = "X-Tenant";
    private static final List<String> TENANTS = List.of("acme", "globex", "initech");
    private static final List<String> PATHS = List.of("/orders", "/digest", "/report", "/query");

    /** As the agent is told where its rules are; unset where there are none. */
    private static final String RULES = "corral.rules";

    private static final Hierarchy ENDPOINTS = Containers.hierarchy("endpoint");

    private final String tenant;
    private final String path;
    private final Headers headers = new Headers();
    private final URI uri;
    private final HttpContext context;

    private TenantRequest(HttpServer server, String tenant, String path) {
        this.tenant = tenant;
        this.path = path;
        this.uri = URI.create(path);
        this.context = server.createContext(path);
        headers.set(TENANT_HEADER, tenant);
    }

    /** One of each tenant to each endpoint, again and again, so that those that follow each other differ in both. */
    static final class Turns {

        private final TenantRequest[] all = new TenantRequest[TENANTS.size() * PATHS.size()];
        private int next;

        Turns() {
            try {
                for (int i = 0; i < all.length; i++) {
                    // Bound to no address.
                    HttpServer server = HttpServer.create();
                    all[i] = new TenantRequest(
                            server, TENANTS.get(i % TENANTS.size()), PATHS.get(i % PATHS.size()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** @throws IllegalStateException if one is handled elsewhere than it should */
        void check() throws IOException {
            for (TenantRequest request : all) {
                request.check();
            }
        }

        TenantRequest next() {
            next = next + 1 == all.length ? 0 : next + 1;
            return all[next];
        }
    }

    /** Filters that do nothing. */
    static List<Filter> filters(int count) {
        return Collections.nCopies(count, new Passing());
    }

    private static final class Passing extends Filter {

        @Override
        public String description() {
            return "passes on";
        }

        @Override
        public void doFilter(HttpExchange request, Chain chain) throws IOException {
            chain.doFilter(request);
        }
    }

    /** Does by hand what the demo's rules do. */
    static HttpHandler entered(HttpHandler handler) {
        return request -> {
            String tenant = request.getRequestHeaders().getFirst(TENANT_HEADER);
            Container ofTenant = Containers.at("/tenants/" + tenant);
            Container ofEndpoint = ENDPOINTS.at(request.getHttpContext().getPath());
            try (Scope scope = Containers.enter(ofTenant, ofEndpoint)) {
                handler.handle(request);
            }
        };
    }

    /**
     * That rules take it where there are rules, and nobody does where there are none. Else what they cost would look splendid.
     *
     * @throws IllegalStateException if not
     */
    private void check() throws IOException {
        boolean isRuled = System.getProperty(RULES) != null;
        String inMain = isRuled ? "/tenants/" + tenant : Containers.current().path();
        String inEndpoint = isRuled ? path : ENDPOINTS.current().path();
        new Filter.Chain(List.of(), request -> {
                    checkPlace(Containers.current(), inMain);
                    checkPlace(ENDPOINTS.current(), inEndpoint);
                })
                .doFilter(this);
    }

    private static void checkPlace(Container place, String expected) {
        if (!place.path().equals(expected)) {
            throw new IllegalStateException(
                    "a request is handled in " + place + ", not in " + expected);
        }
    }

    @Override
    public Headers getRequestHeaders() {
        return headers;
    }

    @Override
    public HttpContext getHttpContext() {
        return context;
    }

    @Override
    public URI getRequestURI() {
        return uri;
    }

    @Override
    public String getRequestMethod() {
        return "GET";
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public Headers getResponseHeaders() {
        throw unconnected();
    }

    @Override
    public InputStream getRequestBody() {
        throw unconnected();
    }

    @Override
    public OutputStream getResponseBody() {
        throw unconnected();
    }

    @Override
    public void sendResponseHeaders(int code, long length) {
        throw unconnected();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        throw unconnected();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        throw unconnected();
    }

    @Override
    public int getResponseCode() {
        throw unconnected();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        throw unconnected();
    }

    @Override
    public void setAttribute(String name, Object value) {
        throw unconnected();
    }

    @Override
    public void setStreams(InputStream input, OutputStream output) {
        throw unconnected();
    }

    @Override
    public HttpPrincipal getPrincipal() {
        throw unconnected();
    }

    @Override
    public void close() {}

    private static UnsupportedOperationException unconnected() {
        return new UnsupportedOperationException("there is no connection");
    }
}
