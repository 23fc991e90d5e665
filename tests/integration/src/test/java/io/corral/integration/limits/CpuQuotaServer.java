package io.corral.integration.limits;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.support.CpuLoad;
import io.corral.integration.support.LoopbackTomcat;
import io.corral.integration.support.Waits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tomcat with tenants that have a {@code cpu.max} and always want more. Prints how much CPU time
 * each has used, by a ledger of the threads' clocks.
 */
final class CpuQuotaServer {

    /** On each of four connections: so many that most code is compiled. */
    private static final int WARM_UP_REQUESTS = 500;

    private static final int UNLIMITED_SECONDS = 3;

    /** Longer than any request waits. */
    private static final Duration WAIT = Duration.ofMinutes(1);

    /** Kept reachable, because a garbage-collected logger loses its level. */
    private static final Logger LOG = Logger.getLogger("");

    private static final Map<String, Tenant> TENANTS = new ConcurrentHashMap<>();

    private CpuQuotaServer() {}

    /**
     * The arguments are the kind of threads ({@code platform}, {@code virtual}), the seconds to
     * measure, and for each tenant its name, its {@code cpu.max} in per cent, the milliseconds of
     * CPU time of a request, and its connections, with colons between them.
     */
    public static void main(String[] arguments) throws Exception {
        LOG.setLevel(Level.OFF);
        int port = start(arguments[0].equals("virtual"));
        int seconds = Integer.parseInt(arguments[1]);
        List<Tenant> tenants = new ArrayList<>();
        List<String> clients = new ArrayList<>();
        for (String each : Arrays.asList(arguments).subList(2, arguments.length)) {
            String[] words = each.split(":");
            Tenant tenant = new Tenant(words[0], Double.parseDouble(words[1]));
            tenants.add(tenant);
            TENANTS.put(tenant.name, tenant);
            clients.add(words[0] + ":" + words[2] + ":" + words[3] + ":" + Integer.MAX_VALUE);
        }
        clients(port, List.of("unlimited:0:4:" + WARM_UP_REQUESTS)).waitFor();
        Process running = clients(port, clients);
        for (Tenant tenant : tenants) {
            // A tenant needs both CPUs to use up 150%.
            Waits.sleepUntil(() -> tenant.container().limits().stat().waiting() > 0);
        }
        tenants.forEach(Tenant::begin);
        TimeUnit.SECONDS.sleep(seconds);
        List<String> lines = tenants.stream().map(Tenant::result).toList();
        for (Tenant tenant : tenants) {
            tenant.container().limits().reset();
        }
        tenants.forEach(Tenant::begin);
        TimeUnit.SECONDS.sleep(UNLIMITED_SECONDS);
        for (int i = 0; i < tenants.size(); i++) {
            System.out.println(lines.get(i));
            System.out.println("unlimited " + tenants.get(i).result());
        }
        running.destroy();
        running.waitFor();
        System.exit(0);
    }

    private static int start(boolean isVirtual) throws Exception {
        LoopbackTomcat tomcat = new LoopbackTomcat("");
        tomcat.connector().setProperty("maxKeepAliveRequests", "-1");
        if (isVirtual) {
            tomcat.useVirtualThreads();
        }
        tomcat.add(new Ledger(), "/*");
        tomcat.add(new Work(), "/");
        return tomcat.start();
    }

    private static Process clients(int port, List<String> tenants) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CpuQuotaClients.class.getName(),
                Integer.toString(port)));
        command.addAll(tenants);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A tenant and the CPU time of its requests. */
    private static final class Tenant {

        private final String name;
        private final double percent;
        private long firstNanoTime;
        private long lastNanoTime;
        private long cpuNanos;
        private long requests;

        /** Passed when the first request has ended of those that are measured. */
        private CountDownLatch first = new CountDownLatch(1);

        Tenant(String name, double percent) {
            this.name = name;
            this.percent = percent;
            container().limits().cpuMax(percent / 100, WAIT);
        }

        Container container() {
            return Containers.at("/tenants/" + name);
        }

        /** Measures from the end of a request on. */
        void begin() {
            synchronized (this) {
                first = new CountDownLatch(1);
                firstNanoTime = 0;
                cpuNanos = 0;
                requests = 0;
            }
            Waits.await(first);
        }

        /** Called when a request has ended. */
        synchronized void add(long nanos) {
            lastNanoTime = System.nanoTime();
            if (firstNanoTime == 0) {
                firstNanoTime = lastNanoTime;
                first.countDown();
            } else {
                cpuNanos += nanos;
                requests++;
            }
        }

        /** The part of a CPU that was used until the end of the latest request. */
        synchronized String result() {
            double used = 100.0 * cpuNanos / (lastNanoTime - firstNanoTime);
            return String.format(
                    Locale.ROOT,
                    "%s=%.3f%% of %.0f%%, %d requests of %.2f ms",
                    name,
                    used,
                    percent,
                    requests,
                    cpuNanos / 1e6 / requests);
        }
    }

    /** Around the servlet, as the container's entry is. */
    @SuppressWarnings("serial") // never serialized
    private static final class Ledger extends HttpFilter {

        @Override
        protected void doFilter(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            long began = CpuLoad.ownCpuNanos();
            chain.doFilter(request, response);
            Tenant tenant = TENANTS.get(request.getHeader("X-Tenant"));
            if (tenant != null) {
                tenant.add(CpuLoad.ownCpuNanos() - began);
            }
        }
    }

    /** Takes as long as the path says, in milliseconds of CPU time. */
    @SuppressWarnings("serial") // never serialized
    private static final class Work extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            CpuLoad.millis(Long.parseLong(request.getRequestURI().substring(1)));
            response.setContentLength(0);
        }
    }
}
