package io.corral.benchmarks.micro;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import io.corral.benchmarks.Expectation;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As {@link Requests}, where caches are cold: their handler does much other work. */
public final class ColdRequests {

    private final ColdCaches caches = new ColdCaches();
    private final TenantRequest.Turns requests = new TenantRequest.Turns();
    private final List<Filter> none = TenantRequest.filters(0);
    private final HttpHandler handler = this::handle;
    private final HttpHandler entered = TenantRequest.entered(handler);

    /** When a request came; from its handler on, later by what that took. */
    private long began;

    private ColdRequests() {}

    public static void main(String[] arguments) throws IOException {
        Expectation.check();
        ColdRequests all = new ColdRequests();
        all.requests.check();
        Map<String, ColdCaches.Timed> timed = new LinkedHashMap<>();
        timed.put("asIs", all::asIs);
        timed.put("byHand", all::byHand);
        all.caches.printMedians(timed);
    }

    private long asIs() throws IOException {
        return time(new Filter.Chain(none, handler));
    }

    private long byHand() throws IOException {
        return time(new Filter.Chain(none, entered));
    }

    private long time(Filter.Chain chain) throws IOException {
        TenantRequest request = requests.next();
        caches.empty();
        began = System.nanoTime();
        chain.doFilter(request);
        return System.nanoTime() - began;
    }

    /** Its own time does not count. */
    private void handle(HttpExchange exchange) {
        long came = System.nanoTime();
        caches.empty();
        began += System.nanoTime() - came;
    }
}
