package io.corral.integration.servers;

import io.corral.Containers;
import io.corral.Limits;
import io.corral.integration.support.LoopbackTomcat;
import io.corral.integration.support.Waits;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * More clients of a tenant than a server has workers. Their requests don't end, and those that are
 * refused come again at once. Another tenant has one client.
 */
final class RetryStorm {

    private static final int WORKERS = 16;
    private static final int CLIENTS = 2 * WORKERS;
    private static final int LIMIT = 4;
    private static final int REFUSALS = 20 * CLIENTS;
    private static final int REQUESTS = 50;
    private static final int OK = 200;

    private static final AtomicInteger HELD = new AtomicInteger();
    private static final CountDownLatch RELEASED = new CountDownLatch(1);

    private RetryStorm() {}

    /** @return what the bystander has got beside the limited storm, and without the limit */
    static String run() throws Exception {
        int port = start();
        Limits limits = Containers.at("/tenants/storm").limits();
        limits.requestsMax(LIMIT);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ends.add(clients.submit(() -> comeAgain(port)));
        }
        awaitRefusals(limits);
        String limited;
        try (KeptConnection bystander = new KeptConnection(port)) {
            int served = 0;
            for (int i = 0; i < REQUESTS; i++) {
                served += bystander.ask("/", "bystander", "").status() == OK ? 1 : 0;
            }
            limited = served + " of " + REQUESTS + " beside " + HELD.get();
            awaitRefusals(limits);
            limits.reset();
            Waits.until(() -> HELD.get() == WORKERS);
            Future<Integer> status =
                    clients.submit(() -> bystander.ask("/", "bystander", "").status());
            // Time for an answer that should not come.
            TimeUnit.MILLISECONDS.sleep(500);
            boolean isServed = status.isDone();
            RELEASED.countDown();
            status.get();
            for (Future<?> end : ends) {
                end.get();
            }
            clients.shutdown();
            return limited + ", without a limit " + (isServed ? 1 : 0) + " of 1 beside " + WORKERS;
        }
    }

    private static void awaitRefusals(Limits limits) {
        long target = limits.stat().shed() + REFUSALS;
        Waits.until(() -> limits.stat().shed() >= target);
    }

    private static int start() throws Exception {
        LoopbackTomcat tomcat = new LoopbackTomcat("");
        tomcat.connector().setProperty("maxThreads", Integer.toString(WORKERS));
        tomcat.connector().setProperty("maxKeepAliveRequests", "-1");
        tomcat.add(new Work(), "/");
        return tomcat.start();
    }

    /** Sends a request of the storm until one is served. */
    private static int comeAgain(int port) throws IOException {
        try (KeptConnection connection = new KeptConnection(port)) {
            int status;
            do {
                status = connection.ask("/", "storm", "").status();
            } while (status != OK);
            return status;
        }
    }

    @SuppressWarnings("serial") // never serialized
    private static final class Work extends HttpServlet {

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (request.getHeader("X-Tenant").equals("storm")) {
                HELD.incrementAndGet();
                Waits.await(RELEASED);
            }
            response.getWriter().println("done");
        }
    }
}
