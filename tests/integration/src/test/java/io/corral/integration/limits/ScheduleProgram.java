package io.corral.integration.limits;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.LimitStat;
import io.corral.Scope;
import io.corral.integration.support.CpuLoad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Requests of tenants on a fixed schedule, whatever becomes of them, on the workers of one pool.
 * Prints for each tenant what its limits have done.
 */
final class ScheduleProgram {

    private ScheduleProgram() {}

    /**
     * The arguments are the number of workers, the seconds, and for each tenant its name, its
     * requests a second, and {@code sleep} or {@code burn} with the milliseconds of a request.
     */
    public static void main(String[] arguments) throws Exception {
        int workers = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        for (int i = 0; i < workers; i++) {
            // Each makes a worker.
            pool.execute(() -> {});
        }
        CpuLoad.millis(500);
        List<Container> tenants = new ArrayList<>();
        List<Thread> clients = new ArrayList<>();
        long began = System.nanoTime();
        for (String each : Arrays.asList(arguments).subList(2, arguments.length)) {
            String[] words = each.split(":");
            Container tenant = Containers.at("/tenants/" + words[0]);
            tenants.add(tenant);
            int rate = Integer.parseInt(words[1]);
            boolean burns = words[2].equals("burn");
            long millis = Long.parseLong(words[3]);
            clients.add(new Thread(() -> {
                for (int i = 0; i < rate * seconds; i++) {
                    long due = began + TimeUnit.SECONDS.toNanos(i) / rate;
                    sleepNanos(due - System.nanoTime());
                    pool.execute(() -> run(tenant, burns, millis));
                }
            }));
        }
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }
        pool.shutdown();
        if (!pool.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("requests that don't end");
        }
        System.out.println("seconds=" + (System.nanoTime() - began) / 1e9);
        for (Container tenant : tenants) {
            LimitStat stat = tenant.limits().stat();
            System.out.println(tenant.name() + "=" + stat.admitted() + " " + stat.waited() + " "
                    + stat.shed() + " " + stat.wouldWait() + " " + stat.wouldShed());
        }
    }

    private static void run(Container tenant, boolean burns, long millis) {
        try (Scope request = tenant.admit()) {
            if (burns) {
                CpuLoad.millis(millis);
            } else {
                sleepNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            }
        } catch (LimitExceededException refused) {
            // Corral counts it.
        }
    }

    private static void sleepNanos(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
