package io.corral.benchmarks.micro;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.corral.benchmarks.Expectation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Requests that are handled where their tenants and endpoints say: by rules, where there are some, or by one's own code. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class Requests {

    private static final int MANY_FILTERS = 5;

    private final TenantRequest.Turns requests = new TenantRequest.Turns();
    private final List<Filter> none = TenantRequest.filters(0);
    private final List<Filter> filters = TenantRequest.filters(MANY_FILTERS);
    private final HttpHandler handler = this::handle;
    private final HttpHandler entered = TenantRequest.entered(handler);
    private int handled;

    @Setup
    public void check() throws IOException {
        Expectation.check();
        requests.check();
    }

    private void handle(HttpExchange exchange) {
        handled++;
    }

    @Benchmark
    public int asIs() throws IOException {
        new Filter.Chain(none, handler).doFilter(requests.next());
        return handled;
    }

    /** Of which each is one more execution of what rules take. */
    @Benchmark
    public int behindFilters() throws IOException {
        new Filter.Chain(filters, handler).doFilter(requests.next());
        return handled;
    }

    @Benchmark
    public int byHand() throws IOException {
        new Filter.Chain(none, entered).doFilter(requests.next());
        return handled;
    }
}
