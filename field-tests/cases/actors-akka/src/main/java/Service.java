import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Props;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** An actor that runs what it is sent: a, b and c give it items 1 : 2 : 3 times. */
public final class Service {

    private static final int ROUNDS = 20;
    private static final long ITEM_NANOS = 20_000_000;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static volatile long sink;

    public static void main(String[] arguments) throws Exception {
        ActorRef actor = ActorSystem.create("service").actorOf(Props.create(Runner.class));
        Executor executor = item -> actor.tell(item, ActorRef.noSender());
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

    /** Runs its messages one after the other. */
    public static final class Runner extends AbstractActor {

        @Override
        public Receive createReceive() {
            return receiveBuilder().match(Runnable.class, Runnable::run).build();
        }
    }
}
