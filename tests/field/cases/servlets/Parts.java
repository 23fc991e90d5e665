import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Parts of requests that the services share: filters, and what a servlet or controller does. */
final class Parts {

    /** What the last name of a path asks for. */
    static final List<String> NAMES =
            List.of("direct", "forward", "include", "error", "exception", "async", "timeout");

    /** The path of the page for failed requests. */
    static final String FAILED = "/failed";

    private static final long WORK_NANOS = 8_000_000;

    /** The one of {@code ThreadMXBean} does not know virtual threads. */
    private static final Method CPU_CLOCK = cpuClock();

    private static final AtomicLong WORKS = new AtomicLong();

    private static volatile long sink;

    private static final int TIMEOUT_MILLIS = 10;

    /** Dispatched by a thread of its own, which works for no tenant. */
    private static final BlockingQueue<AsyncContext> WAITING = new LinkedBlockingQueue<>();

    static {
        Thread dispatcher = new Thread(Parts::dispatchAll, "dispatcher");
        dispatcher.setDaemon(true);
        dispatcher.start();
    }

    private Parts() {}

    private static void dispatchAll() {
        try {
            while (true) {
                WAITING.take().dispatch();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does the part that the path asks for; for most of them in several steps. */
    static void handle(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = path(request);
        String way = path.substring(0, path.lastIndexOf('/'));
        boolean again = request.getDispatcherType() == DispatcherType.ASYNC;
        switch (path.substring(way.length() + 1)) {
            case "forward" ->
                request.getRequestDispatcher(way + "/forwarded").forward(request, response);
            case "forwarded" ->
                request.getRequestDispatcher(way + "/direct").forward(request, response);
            case "include" ->
                request.getRequestDispatcher(way + "/included").include(request, response);
            case "error" -> response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            case "exception" -> throw new ServletException("asked for");
            case "async" -> {
                if (again) {
                    work(request);
                } else {
                    WAITING.add(request.startAsync());
                }
            }
            case "timeout" -> {
                if (again) {
                    work(request);
                } else {
                    AsyncContext context = request.startAsync();
                    context.addListener(new DispatchAfterTimeout());
                    context.setTimeout(TIMEOUT_MILLIS);
                }
            }
            default -> work(request);
        }
    }

    /** The path of this part; a request that includes another has the path of the whole. */
    private static String path(HttpServletRequest request) {
        Object included = request.getDispatcherType() == DispatcherType.INCLUDE
                ? request.getAttribute("jakarta.servlet.include.request_uri")
                : null;
        return included == null ? request.getRequestURI() : included.toString();
    }

    /** Does the work of a request, and says so if its thread is in a wrong container. */
    static void work(HttpServletRequest request) {
        String row = request.getHeader("X-Row");
        String place = Container.current();
        if (!place.equals(row)) {
            System.out.println("wrong: " + row + " is in " + place + " at "
                    + request.getRequestURI() + ", " + request.getDispatcherType());
        }
        long end = cpuNanos() + WORK_NANOS;
        while (cpuNanos() < end) {
            for (int i = 0; i < 10_000; i++) {
                sink += i;
            }
        }
        WORKS.incrementAndGet();
    }

    /** How often the work was done. */
    static long works() {
        return WORKS.get();
    }

    private static Method cpuClock() {
        try {
            Method clock = Class.forName("sun.management.ThreadImpl")
                    .getDeclaredMethod("getThreadTotalCpuTime0", long.class);
            clock.setAccessible(true);
            return clock;
        } catch (ReflectiveOperationException missing) {
            throw new ExceptionInInitializerError(missing);
        }
    }

    /** Of the calling thread; if it is virtual, of its carrier. */
    private static long cpuNanos() {
        try {
            return (long) CPU_CLOCK.invoke(null, 0L);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The API, by reflection, since cases are compiled without Corral. */
    private static final class Container {

        private static final Method CURRENT;
        private static final Method AT;
        private static final Method ENTER;
        private static final Method PATH;

        static {
            try {
                Class<?> containers = Class.forName("io.corral.Containers");
                CURRENT = containers.getMethod("current");
                AT = containers.getMethod("at", String.class);
                ENTER = Class.forName("io.corral.Container").getMethod("enter");
                PATH = Class.forName("io.corral.Container").getMethod("path");
            } catch (ReflectiveOperationException missing) {
                throw new ExceptionInInitializerError(missing);
            }
        }

        static String current() {
            try {
                return (String) PATH.invoke(CURRENT.invoke(null));
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
            }
        }

        static AutoCloseable enter(String path) {
            try {
                return (AutoCloseable) ENTER.invoke(AT.invoke(null, path));
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static final class DispatchAfterTimeout implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            event.getAsyncContext().dispatch();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /** Enters the container of the request by the API. It does not see later dispatches. */
    static final class CodeFilter implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String row = ((HttpServletRequest) request).getHeader("X-Row");
            AutoCloseable scope = Container.enter(row);
            try {
                chain.doFilter(request, response);
            } finally {
                close(scope);
            }
        }

        private static void close(AutoCloseable scope) {
            try {
                scope.close();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Finds out who sends the request. It does not see later dispatches. */
    static final class TokenFilter implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String token = ((HttpServletRequest) request).getHeader("Authorization");
            String user = token.substring("Bearer ".length());
            authenticated(() -> user, (HttpServletRequest) request, response, chain);
        }

        /** Named by a rule. */
        private static void authenticated(
                Principal user,
                HttpServletRequest request,
                ServletResponse response,
                FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(new Authenticated(request, user), response);
        }
    }

    private static final class Authenticated extends HttpServletRequestWrapper {

        private final Principal user;

        Authenticated(HttpServletRequest request, Principal user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }
    }

    /** A servlet for all paths. */
    static final class Work extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            handle(request, response);
        }
    }
}
