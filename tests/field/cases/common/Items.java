import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Items of the same CPU time each: tenants a, b and c submit them 1 : 2 : 3 times, in turns. */
final class Items {

    private static final int ROUNDS = 20;
    private static final long ITEM_NANOS = 20_000_000;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static volatile long sink;

    private Items() {}

    /** Returns when the executor has run all items. */
    static void runOn(Executor executor) throws InterruptedException {
        // Without a tenant: classes are loaded, and workers are started.
        CountDownLatch warm = new CountDownLatch(ROUNDS);
        for (int i = 0; i < ROUNDS; i++) {
            executor.execute(() -> burn(warm));
        }
        warm.await();
        CountDownLatch all = new CountDownLatch(6 * ROUNDS);
        for (int round = 0; round < ROUNDS; round++) {
            for (String tenant : new String[] {"a", "b", "b", "c", "c", "c"}) {
                submit(tenant, executor, () -> burn(all));
            }
        }
        all.await();
    }

    /** Named by a rule. */
    private static void submit(String tenant, Executor executor, Runnable item) {
        executor.execute(item);
    }

    private static void burn(CountDownLatch burnt) {
        long end = CLOCK.getCurrentThreadCpuTime() + ITEM_NANOS;
        while (CLOCK.getCurrentThreadCpuTime() < end) {
            for (int i = 0; i < 10_000; i++) {
                sink += i;
            }
        }
        burnt.countDown();
    }
}
