package io.corral.integration.soak;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.Snapshot;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;

/**
 * Forks, moves, scopes and removals at random, with readers and a recording, until the time is
 * over. Then prints what has grown, and what was inconsistent.
 */
final class SoakProgram {

    private static final Hierarchy OTHER = Containers.hierarchy("soak");
    private static final Container ALL = Containers.at("/soak");
    private static final int WORKERS = 3;

    private static final AtomicBoolean IS_OVER = new AtomicBoolean();
    private static final AtomicLong INCONSISTENT = new AtomicLong();
    private static final AtomicLong READINGS = new AtomicLong();
    private static final AtomicLong STEPS = new AtomicLong();
    private static final AtomicLong NUMBER = new AtomicLong();

    private SoakProgram() {}

    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int seed = i;
            threads.add(new Thread(() -> work(new Random(seed)), "soak-worker-" + i));
        }
        threads.add(new Thread(SoakProgram::read, "soak-reader"));
        threads.forEach(Thread::start);
        long usedWhenWarm;
        try (Recording recording = new Recording()) {
            recording.enable("corral.ContainerUsage").withPeriod(Duration.ofMillis(200));
            recording.enable("corral.ContainerTotal");
            recording.enable("corral.ThreadMember");
            recording.enable("corral.ThreadFork");
            recording.enable("corral.ThreadExit");
            recording.setMaxSize(20L << 20);
            recording.start();
            TimeUnit.SECONDS.sleep(Math.max(seconds / 3, 1));
            usedWhenWarm = usedBytes();
            TimeUnit.SECONDS.sleep(seconds - seconds / 3);
            IS_OVER.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            recording.stop();
        }
        Usage usage = ALL.usage();
        print("steps", STEPS.get());
        print("readings", READINGS.get());
        print("inconsistent", INCONSISTENT.get());
        print("forks", usage.forks());
        print("exits", usage.exits());
        print("members", usage.threads() + usage.virtualThreads());
        print("populated", ALL.isPopulated() ? 1 : 0);
        print("containers", Containers.hierarchy("main").usages().size());
        print("grownKilobytes", (usedBytes() - usedWhenWarm) / 1_024);
    }

    private static void work(Random chance) {
        List<Container> mine = new ArrayList<>();
        while (!IS_OVER.get()) {
            try {
                step(chance, mine);
            } catch (InterruptedException ends) {
                return;
            }
            STEPS.incrementAndGet();
        }
        mine.forEach(Container::remove);
    }

    private static void step(Random chance, List<Container> mine) throws InterruptedException {
        if (mine.size() < 20) {
            mine.add(ALL.create("c" + NUMBER.incrementAndGet()));
        }
        Container one = mine.get(chance.nextInt(mine.size()));
        Container other = OTHER.at("/e" + chance.nextInt(50));
        switch (chance.nextInt(4)) {
            case 0 -> fork(chance, one, mine.get(chance.nextInt(mine.size())));
            case 1 -> {
                try (Scope scope = one.enter();
                        Scope inner = other.enter()) {
                    Thread.onSpinWait();
                }
            }
            case 2 -> {
                mine.remove(one);
                try (Scope scope = one.enter()) {
                    one.remove();
                    Thread.onSpinWait();
                }
            }
            default -> {
                Container request = one.create("request");
                request.run(() -> {});
                request.remove();
            }
        }
    }

    /** Starts a thread, moves it to another container, and waits for its end. */
    private static void fork(Random chance, Container from, Container to)
            throws InterruptedException {
        ThreadKind[] kinds = ThreadKind.values();
        ThreadKind kind = kinds[chance.nextInt(kinds.length)];
        if (!kind.isSupported()) {
            return;
        }
        AtomicBoolean mayEnd = new AtomicBoolean();
        Thread thread = kind.unstarted(() -> {
            while (!mayEnd.get()) {
                LockSupport.parkNanos(100_000);
            }
        });
        from.start(thread);
        if (from != to) {
            to.attach(thread);
        }
        mayEnd.set(true);
        thread.join();
    }

    private static void read() {
        long last = 0;
        while (!IS_OVER.get()) {
            Snapshot snapshot = Containers.snapshot(Duration.ofNanos(READINGS.get() % 2));
            Map<Container, Usage> usages = snapshot.usages(Containers.hierarchy("main"));
            Usage all = usages.get(ALL);
            Usage root = usages.get(Containers.at("/"));
            Usage rootOfOther = snapshot.usages(OTHER).get(OTHER.root());
            if (all == null || root == null || rootOfOther == null) {
                INCONSISTENT.incrementAndGet();
                continue;
            }
            long live = all.threads() + all.virtualThreads();
            // There may be more than one for each worker, since one that starts meanwhile counts.
            boolean isRight = all.forks() - all.exits() == live
                    && live >= 0
                    && all.cpuNanos() >= last
                    && root.cpuNanos() == rootOfOther.cpuNanos()
                    && root.forks() == rootOfOther.forks();
            if (!isRight) {
                System.err.println(all + " " + root + " " + rootOfOther);
                INCONSISTENT.incrementAndGet();
            }
            last = all.cpuNanos();
            READINGS.incrementAndGet();
        }
    }

    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static void print(String key, long value) {
        System.out.println(key + "=" + value);
    }
}
