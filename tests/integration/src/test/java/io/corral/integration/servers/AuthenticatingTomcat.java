package io.corral.integration.servers;

import io.corral.Containers;
import io.corral.LimitStat;
import io.corral.integration.support.LoopbackTomcat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.GenericFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.security.Principal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogManager;

/**
 * Tomcat with a filter that authenticates, so that each request begins in a container for all.
 * Prints what limits count meanwhile.
 */
final class AuthenticatingTomcat {

    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);
    private static final AtomicReference<AsyncContext> SUSPENDED = new AtomicReference<>();

    private AuthenticatingTomcat() {}

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        int port = start();
        try (KeptConnection first = new KeptConnection(port);
                KeptConnection second = new KeptConnection(port);
                KeptConnection third = new KeptConnection(port)) {
            first.send("/hold", "a", "");
            HELD.await();
            System.out.println("held=" + counts());
            KeptConnection.Answer refused = second.ask("/work", "a", "");
            System.out.println(
                    "refused=" + refused.status() + " " + refused.body().strip());
            System.out.println("other=" + second.ask("/work", "b", "").status());
            third.send("/async", "b", "");
            while (SUSPENDED.get() == null || requests("/tenants/none") > 0) {
                Thread.onSpinWait();
            }
            System.out.println("suspended=" + counts());
            System.out.println("full=" + second.ask("/work", "c", "").status());
            RELEASED.countDown();
            SUSPENDED.get().complete();
            System.out.println("answers=" + first.receive().status() + " "
                    + third.receive().status());
            while (requests("/tenants") > 0) {
                Thread.onSpinWait();
            }
            System.out.println("ended=" + counts());
            LimitStat stat = Containers.at("/tenants").limits().stat();
            System.out.println("peak=" + stat.peakRequests() + " lost=" + stat.lost());
            System.out.println("next=" + second.ask("/work", "a", "").status());
        }
        System.exit(0);
    }

    private static String counts() {
        return "all " + requests("/tenants") + " none " + requests("/tenants/none") + " a "
                + requests("/tenants/a") + " b " + requests("/tenants/b");
    }

    private static long requests(String path) {
        return Containers.at(path).limits().stat().requests();
    }

    private static int start() throws Exception {
        LoopbackTomcat tomcat = new LoopbackTomcat("");
        tomcat.add(new Work(), "/");
        tomcat.add(new Authentication(), "/*");
        return tomcat.start();
    }

    /** Trusts a header. */
    @SuppressWarnings("serial") // never serialized
    private static final class Authentication extends GenericFilter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest http = (HttpServletRequest) request;
            Principal principal = () -> http.getHeader("X-Tenant");
            chain.doFilter(
                    new HttpServletRequestWrapper(http) {
                        @Override
                        public Principal getUserPrincipal() {
                            return principal;
                        }
                    },
                    response);
        }
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Work extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            switch (request.getRequestURI()) {
                case "/hold" -> {
                    HELD.countDown();
                    try {
                        RELEASED.await();
                    } catch (InterruptedException stopped) {
                        throw new IOException(stopped);
                    }
                }
                case "/async" -> {
                    SUSPENDED.set(request.startAsync());
                    return;
                }
                default -> {
                    // Nothing to do.
                }
            }
            response.getWriter().println("done");
        }
    }
}
