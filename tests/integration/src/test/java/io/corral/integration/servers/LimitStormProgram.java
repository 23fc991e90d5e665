package io.corral.integration.servers;

import io.corral.Container;
import io.corral.Containers;
import io.corral.ForkRefusedException;
import io.corral.LimitExceededException;
import io.corral.Limits;
import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.LogManager;

/**
 * Requests of all kinds, to servers and in code, on platform and virtual threads, under limits that
 * change all the time. Containers are removed and made again, threads are interrupted, and the
 * rules file changes. Prints what is left at the end.
 */
final class LimitStormProgram {

    private static final int TENANTS = 6;
    private static final int WORKERS = 12;
    private static final int VIRTUAL_THREADS = 20;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long VERSION_MILLIS = 100;

    /** The name of a container below each tenant's, for requests in code. */
    private static final String CHILD = "code";

    /** What is not over then hangs. */
    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private static final String ENTER = "enter http -> /tenants/{header.X-Tenant}\n";

    private static final AtomicBoolean IS_OVER = new AtomicBoolean();

    /** All that had limits, also those that were removed. */
    private static final Set<Container> USED = ConcurrentHashMap.newKeySet();

    private static final Map<String, AtomicLong> COUNTS = new ConcurrentHashMap<>();
    private static final List<Thread> WORKER_THREADS = new ArrayList<>();

    private LimitStormProgram() {}

    /** The arguments are the seconds and the rules file. */
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        Path rules = Path.of(arguments[1]);
        List<Thread> threads = new ArrayList<>();
        boolean hasVirtual = ThreadKind.VIRTUAL.isSupported();
        for (String server : List.of("tomcat", "jetty", "undertow")) {
            int port = EndingServers.start(server, hasVirtual && server.equals("jetty"));
            for (int i = 0; i < 2; i++) {
                Random chance = new Random(threads.size());
                threads.add(new Thread(() -> send(port, server, chance), "client-" + server + i));
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS, task -> {
            Thread worker = new Thread(task, "worker");
            synchronized (WORKER_THREADS) {
                WORKER_THREADS.add(worker);
            }
            return worker;
        });
        for (int i = 0; i < WORKERS; i++) {
            Random chance = new Random(100 + i);
            pool.execute(() -> work(chance));
        }
        if (hasVirtual) {
            threads.add(new Thread(LimitStormProgram::startVirtualThreads, "virtual"));
        }
        threads.add(new Thread(() -> change(new Random(-1)), "limits"));
        threads.add(new Thread(() -> interrupt(new Random(-2)), "interrupts"));
        threads.add(new Thread(() -> rewrite(rules, new Random(-3)), "rules"));
        threads.forEach(Thread::start);
        for (long left = Long.parseLong(arguments[0]); left > 0; left--) {
            System.out.println("left " + left);
            TimeUnit.SECONDS.sleep(1);
        }
        IS_OVER.set(true);
        end(threads, pool);
        Files.writeString(rules, ENTER);
        printLeft();
        System.out.println("counts=" + new TreeMap<>(COUNTS));
        System.out.println("ended");
        // The debugger looks at the rest.
        System.in.read();
        System.exit(0);
    }

    private static void end(List<Thread> threads, ExecutorService pool) throws Exception {
        pool.shutdown();
        List<String> hanging = new ArrayList<>();
        for (Thread thread : threads) {
            thread.join(END_MILLIS);
            if (thread.isAlive()) {
                hanging.add(thread.getName() + List.of(thread.getStackTrace()));
            }
        }
        if (!pool.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
            for (Thread worker : WORKER_THREADS) {
                hanging.add(worker.getName() + List.of(worker.getStackTrace()));
            }
        }
        System.out.println("hanging=" + hanging);
    }

    private static void printLeft() throws InterruptedException {
        for (int i = 0; i < TENANTS; i++) {
            USED.add(Containers.at("/tenants/t" + i));
        }
        long deadline = System.nanoTime() + 2 * TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
        while (sum(false) > 0 && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        System.out.println("left=" + sum(false));
        System.out.println("lost=" + sum(true));
        System.out.println("containers=" + USED.size());
    }

    private static long sum(boolean lost) {
        return USED.stream()
                .map(each -> each.limits().stat())
                .mapToLong(stat -> lost ? stat.lost() : stat.requests() + stat.waiting())
                .sum();
    }

    private static void count(String what) {
        COUNTS.computeIfAbsent(what, text -> new AtomicLong()).incrementAndGet();
    }

    private static Container container(Random chance) {
        String path = "/tenants/t" + chance.nextInt(TENANTS)
                + (chance.nextInt(4) == 0 ? "/" + CHILD : "");
        return Containers.at(path);
    }

    private static void send(int port, String server, Random chance) {
        List<String> kinds = EndingServers.kinds(server);
        KeptConnection connection = null;
        while (!IS_OVER.get()) {
            String kind = kinds.get(chance.nextInt(kinds.size()));
            String tenant = "t" + chance.nextInt(TENANTS);
            try {
                if (kind.startsWith("gone-")) {
                    CountedRequests.sendAndGo(port, kind.substring("gone-".length()), tenant);
                    count("gone");
                    continue;
                }
                if (connection == null) {
                    connection = new KeptConnection(port);
                }
                KeptConnection.Answer answer = connection.ask(
                        "/" + kind, tenant, kind.equals("post") ? "x".repeat(3000) : "");
                count(server + " " + answer.status());
                if ("close".equalsIgnoreCase(answer.headers().get("connection"))) {
                    connection.close();
                    connection = null;
                }
            } catch (IOException failure) {
                count(server + " " + failure.getMessage());
                connection = null;
            }
        }
    }

    private static void work(Random chance) {
        while (!IS_OVER.get()) {
            request(chance);
            if (Thread.interrupted()) {
                count("interrupted");
            }
        }
    }

    private static void request(Random chance) {
        try (Scope outer = container(chance).admit()) {
            step(chance, outer);
            count("admitted");
        } catch (LimitExceededException refused) {
            count("refused");
            LockSupport.parkNanos(PAUSE_NANOS);
        } catch (ForkRefusedException refused) {
            count("refused start");
        } catch (ArithmeticException thrown) {
            count("thrown");
        } catch (IllegalStateException interrupted) {
            // While it waited for a thread.
            count("interrupted within");
        }
    }

    private static void step(Random chance, Scope outer) {
        switch (chance.nextInt(8)) {
            case 0 -> throw new ArithmeticException("asked for");
            case 1 -> LockSupport.parkNanos(PAUSE_NANOS);
            case 2 -> {
                try (Scope inner = container(chance).admit();
                        Scope third = container(chance).enter()) {
                    Thread.yield();
                }
            }
            case 3 -> ThreadKind.PLATFORM.run(() -> closeByAnotherThread(outer));
            case 4 -> outer.close();
            case 5 -> {
                Scope left = container(chance).enter();
                // The outer scope closes it.
                count(left.toString().isEmpty() ? "" : "left open");
            }
            case 6 -> Thread.currentThread().interrupt();
            default -> spin();
        }
    }

    private static void closeByAnotherThread(Scope scope) {
        try {
            scope.close();
            // It was closed already, since an interrupted thread does not wait for this one.
            count("closed before");
        } catch (IllegalStateException refused) {
            Thread.onSpinWait();
        }
    }

    private static void spin() {
        long end = System.nanoTime() + PAUSE_NANOS / 4;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void startVirtualThreads() {
        Random chance = new Random(-4);
        while (!IS_OVER.get()) {
            List<Thread> some = new ArrayList<>();
            for (int i = 0; i < VIRTUAL_THREADS; i++) {
                Random own = new Random(chance.nextLong());
                some.add(ThreadKind.VIRTUAL.start(() -> request(own)));
            }
            some.get(chance.nextInt(some.size())).interrupt();
            some.forEach(ThreadKind::join);
            count("virtual threads");
        }
    }

    private static void interrupt(Random chance) {
        while (!IS_OVER.get()) {
            LockSupport.parkNanos(5 * PAUSE_NANOS);
            synchronized (WORKER_THREADS) {
                WORKER_THREADS.get(chance.nextInt(WORKER_THREADS.size())).interrupt();
            }
        }
    }

    private static void change(Random chance) {
        while (!IS_OVER.get()) {
            LockSupport.parkNanos(2 * PAUSE_NANOS);
            try {
                Container container =
                        chance.nextInt(8) == 0 ? Containers.at("/tenants") : container(chance);
                USED.add(container);
                change(container, chance);
            } catch (IllegalStateException notNow) {
                // It was removed, has children or members, or would be fair below a fair one.
                count("not changed");
            }
        }
        for (Container each : USED) {
            each.limits().reset();
        }
    }

    private static void change(Container container, Random chance) {
        Limits limits = container.limits();
        switch (chance.nextInt(10)) {
            case 0, 1 ->
                limits.requestsMax(chance.nextInt(5), Duration.ofMillis(chance.nextInt(3) * 10L));
            case 2 -> limits.requestsMax(Limits.UNLIMITED);
            case 3 -> limits.fair(chance.nextBoolean());
            case 4 -> limits.weight(1 + chance.nextInt(1_000));
            case 5 ->
                limits.cpuMax(
                        0.05 + chance.nextDouble(), Duration.ofMillis(chance.nextInt(2) * 50L));
            case 6 -> {
                // Not where servers work: one whose thread is refused may forget the request.
                if (container.name().equals(CHILD)) {
                    limits.threadsMax(chance.nextInt(3) == 0 ? 1 : Limits.UNLIMITED);
                }
            }
            case 7 ->
                limits.mode(chance.nextInt(3) == 0 ? Limits.Mode.MONITOR : Limits.Mode.ENFORCE);
            case 8 -> container.remove();
            default -> limits.reset();
        }
    }

    private static void rewrite(Path rules, Random chance) {
        Path next = rules.resolveSibling("next.conf");
        try {
            while (!IS_OVER.get()) {
                Thread.sleep(VERSION_MILLIS);
                Files.writeString(
                        next,
                        ENTER + "limit /tenants/t" + chance.nextInt(TENANTS) + " requests.max "
                                + chance.nextInt(4) + " wait 5ms\nlimit /tenants/* fair weight "
                                + (1 + chance.nextInt(100)) + "\n");
                Files.move(next, rules, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException | InterruptedException failure) {
            count(failure.toString());
        }
    }
}
