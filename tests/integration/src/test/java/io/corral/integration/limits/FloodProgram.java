package io.corral.integration.limits;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.LimitStat;
import io.corral.Scope;
import io.corral.integration.support.Waits;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import javax.management.ObjectName;

/**
 * Two tenants flood a pool until the end: the workers of each come again at once. Answers questions
 * on its standard input.
 */
final class FloodProgram {

    private static final int WORKERS = 8;
    private static final int ROUND = 300;

    /** The CPU time of both tenants before their shares count, and while they do. */
    private static final long UNCOUNTED_NANOS = 500_000_000;

    private static final long COUNTED_NANOS = 1_500_000_000;

    private static final long WORK_NANOS = 200_000;
    private static final long REFUSED_NANOS = 2_000_000;

    private static final List<Tenant> TENANTS = List.of(new Tenant("a"), new Tenant("b"));

    private static volatile boolean isOver;

    private FloodProgram() {}

    /**
     * @param arguments none; or the number of workers of each tenant, which is fair then, and the
     *     file of a group of the kernel to join, if any
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 2) {
            Files.writeString(
                    Path.of(arguments[2]), Long.toString(ProcessHandle.current().pid()));
        }
        int[] workers = arguments.length == 0
                ? new int[] {WORKERS, WORKERS}
                : new int[] {Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])};
        if (arguments.length > 0) {
            // Not before: the quota of a group is read at the first tick, and each ten seconds.
            TENANTS.forEach(tenant -> tenant.container.limits().fair(true));
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers[0] + workers[1]);
        List<Future<?>> floods = new ArrayList<>();
        for (int i = 0; i < workers.length; i++) {
            for (int worker = 0; worker < workers[i]; worker++) {
                floods.add(pool.submit(TENANTS.get(i)));
            }
        }
        System.out.println("ready");
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String answer = switch (line) {
                case "flow" -> flow();
                case "most" -> most();
                case "exceed" -> exceed();
                case "state" -> state();
                case "wait" -> awaitWaits();
                case "share" -> share();
                case "off" -> switchOff();
                default -> end(floods);
            };
            System.out.println(line + ": " + answer);
        }
        pool.shutdown();
    }

    /** Waits until further requests of each tenant were let in, were refused, and have waited. */
    private static String flow() {
        for (Tenant tenant : TENANTS) {
            LimitStat before = tenant.stat();
            long target = tenant.admitted.get() + ROUND;
            while (tenant.admitted.get() < target
                    || tenant.stat().shed() == before.shed()
                    || tenant.stat().waited() == before.waited()) {
                LockSupport.parkNanos(REFUSED_NANOS);
            }
        }
        return "flows";
    }

    /** The most requests of a tenant at once since this was asked before. */
    private static String most() {
        return Integer.toString(TENANTS.stream()
                .mapToInt(tenant -> tenant.most.getAndSet(0))
                .max()
                .orElseThrow());
    }

    /** Waits until more requests run than the limit allows. */
    private static String exceed() {
        while (TENANTS.stream().noneMatch(tenant -> tenant.most.get() > 3)) {
            LockSupport.parkNanos(REFUSED_NANOS);
        }
        return "exceeded";
    }

    private static String state() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("io.corral:type=Corral"), "LimitState")
                .toString();
    }

    /** As {@code corral limits PID off}. */
    private static String switchOff() throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("io.corral:type=Corral"), "switchLimitsOff", null, null);
        return state();
    }

    /** Waits until a request of each tenant has waited. */
    private static String awaitWaits() {
        Waits.sleepUntil(() -> TENANTS.stream().allMatch(tenant -> tenant.stat().waited() > 0));
        return "waited";
    }

    /** What the second tenant has of the CPU time that both use, in percent. */
    private static String share() {
        awaitCpuNanos(UNCOUNTED_NANOS);
        long before = TENANTS.get(1).cpuNanos();
        long all = awaitCpuNanos(COUNTED_NANOS);
        return Long.toString(100 * (TENANTS.get(1).cpuNanos() - before) / all);
    }

    /** Waits until both tenants together have used so much, and returns how much it is. */
    private static long awaitCpuNanos(long nanos) {
        long before = cpuNanosOfAll();
        Waits.sleepUntil(() -> cpuNanosOfAll() - before >= nanos);
        return cpuNanosOfAll() - before;
    }

    private static long cpuNanosOfAll() {
        return TENANTS.stream().mapToLong(Tenant::cpuNanos).sum();
    }

    private static String end(List<Future<?>> floods) throws Exception {
        isOver = true;
        for (Future<?> flood : floods) {
            flood.get();
        }
        StringBuilder text = new StringBuilder();
        for (Tenant tenant : TENANTS) {
            LimitStat stat = tenant.stat();
            boolean isExact = tenant.asked.get() == tenant.admitted.get() + tenant.shed.get()
                    && stat.admitted() == tenant.admitted.get()
                    && stat.shed() == tenant.shed.get();
            text.append(tenant.container.name()).append(" left ");
            text.append(stat.requests() + stat.waiting() + stat.lost());
            text.append(" over ").append(stat.over()).append(" exact ").append(isExact);
            text.append("; ");
        }
        return text.toString();
    }

    /** One worker of a tenant. */
    private static final class Tenant implements Runnable {

        final Container container;
        final AtomicLong asked = new AtomicLong();
        final AtomicLong admitted = new AtomicLong();
        final AtomicLong shed = new AtomicLong();
        final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();

        Tenant(String name) {
            container = Containers.at("/tenants/" + name);
        }

        LimitStat stat() {
            return container.limits().stat();
        }

        long cpuNanos() {
            return container.usage().cpuNanos();
        }

        @Override
        public void run() {
            while (!isOver) {
                asked.incrementAndGet();
                try (Scope request = container.admit()) {
                    admitted.incrementAndGet();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    work();
                    inside.decrementAndGet();
                } catch (LimitExceededException refused) {
                    shed.incrementAndGet();
                    LockSupport.parkNanos(REFUSED_NANOS);
                }
            }
        }

        private static void work() {
            long end = System.nanoTime() + WORK_NANOS;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }
}
