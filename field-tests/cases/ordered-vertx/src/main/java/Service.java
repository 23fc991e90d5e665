import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** Vert.x runs blocking code of one context in order: a, b and c give it items 1 : 2 : 3 times. */
public final class Service {

    private static final int ROUNDS = 20;
    private static final long ITEM_NANOS = 20_000_000;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static volatile long sink;

    public static void main(String[] arguments) throws Exception {
        Context context = Vertx.vertx().getOrCreateContext();
        Executor executor = item -> context.executeBlocking(() -> {
            item.run();
            return null;
        });
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
