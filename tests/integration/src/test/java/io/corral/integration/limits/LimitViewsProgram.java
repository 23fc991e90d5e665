package io.corral.integration.limits;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.LimitExceededException;
import io.corral.Scope;
import io.corral.integration.support.Waits;

import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Exceeds limits, prints what the metrics say of it, and ends when it is told to. */
final class LimitViewsProgram {

    private LimitViewsProgram() {}

    /** @param arguments the address of the metrics, and {@code limit} or something else */
    public static void main(String[] arguments) throws Exception {
        Container jobs = Containers.at("/tenants/jobs");
        Container requests = Containers.at("/tenants/requests");
        CountDownLatch over = new CountDownLatch(1);
        if (arguments[1].equals("limit")) {
            jobs.limits().threadsMax(1);
            requests.limits().requestsMax(1);
            jobs.start(new Thread(() -> Waits.await(over)));
            for (int i = 0; i < 5; i++) {
                refuse(jobs);
            }
            CountDownLatch admitted = new CountDownLatch(1);
            CountDownLatch shed = new CountDownLatch(1);
            Thread request = new Thread(() -> hold(requests, admitted, shed));
            request.start();
            Waits.await(admitted);
            for (int i = 0; i < 3; i++) {
                Thread client = new Thread(() -> shed(requests));
                client.start();
                client.join();
            }
            shed.countDown();
            request.join();
        }
        for (int i = 0; i < 2; i++) {
            scrape(arguments[0])
                    .lines()
                    .filter(line -> line.contains("_limit_")
                            || line.contains("throttled")
                            || line.contains("degraded"))
                    .filter(line -> !line.startsWith("#"))
                    .forEach(System.out::println);
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until the input is closed.
        }
        jobs.limits().reset();
        over.countDown();
    }

    private static void refuse(Container container) {
        try {
            container.start(new Thread(() -> {}));
        } catch (ForkRefusedException refused) {
            return;
        }
        throw new IllegalStateException("was started");
    }

    private static void hold(Container container, CountDownLatch admitted, CountDownLatch over) {
        try (Scope scope = container.admit()) {
            admitted.countDown();
            Waits.await(over);
        }
    }

    private static void shed(Container container) {
        try (Scope scope = container.admit()) {
            System.out.println("was admitted");
        } catch (LimitExceededException refused) {
            // As it should be.
        }
    }

    private static String scrape(String address) throws IOException, InterruptedException {
        while (true) {
            try {
                URLConnection connection = URI.create(address).toURL().openConnection();
                return new String(
                        connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
    }
}
