package io.corral.integration.pods;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Prints what it has of Corral on a Java that may lack modules, and ends when it is told so. */
final class ModulesProgram {

    static final String RULES = """
            thread "batch-*" -> /batch
            enter io.corral.integration.pods.ModulesProgram#job(..) -> /tenants/{0}
            limit /tenants/acme cpu.max 1%
            limit /tenants/full requests.max 1
            """;

    private static final int REQUESTS = 20;
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private ModulesProgram() {}

    public static void main(String[] arguments) throws Exception {
        print("thread", () -> {
            Thread batch = new Thread(() -> print(Containers.current()), "batch-1");
            batch.start();
            ThreadKind.join(batch);
        });
        print("method", () -> job("globex"));
        ExecutorService pool = Executors.newSingleThreadExecutor();
        print("task", () -> {
            try (Scope scope = Containers.at("/tenants/initech").enter()) {
                pool.submit(() -> print(Containers.current())).get();
            }
        });
        pool.shutdown();
        if (ThreadKind.VIRTUAL.isSupported()) {
            print("virtual", () -> {
                try (Scope scope = Containers.at("/tenants/initech").enter()) {
                    Thread thread = ThreadKind.VIRTUAL.unstarted(() -> print(Containers.current()));
                    thread.start();
                    ThreadKind.join(thread);
                }
            });
        }
        System.out.println("refused=" + refusedBesideAnother());
        System.out.println("shed=" + shedOverItsQuota());
        Usage usage = Containers.at("/tenants/acme").usage();
        System.out.println("usageKnown="
                + (Usage.isKnown(usage.cpuNanos()) && Usage.isKnown(usage.allocatedBytes())));
        System.out.println("ready");
        System.in.read();
        System.out.println("ended=true");
        System.exit(0);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void print(String key, Step step) throws Exception {
        System.out.print(key + "=");
        step.run();
    }

    private static void print(Container container) {
        System.out.println(container.path());
    }

    private static void job(String tenant) {
        print(Containers.current());
    }

    /** {@code requests.max} needs no clock. */
    private static boolean refusedBesideAnother() throws InterruptedException {
        Container full = Containers.at("/tenants/full");
        boolean[] refused = new boolean[1];
        try (Scope first = full.admit()) {
            Thread second = new Thread(() -> refused[0] = !isAdmitted(full), "second");
            Containers.root().run(second::start);
            second.join();
        }
        return refused[0];
    }

    private static boolean isAdmitted(Container container) {
        try (Scope scope = container.admit()) {
            return true;
        } catch (LimitExceededException refused) {
            return false;
        }
    }

    /** Whether one of many requests is refused, which use more than the quota. */
    private static boolean shedOverItsQuota() {
        for (int i = 0; i < REQUESTS; i++) {
            try (Scope scope = Containers.at("/tenants/acme").admit()) {
                long end = System.nanoTime() + BURST_NANOS;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            } catch (LimitExceededException shed) {
                return true;
            }
        }
        return false;
    }
}
