package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Two owners, a reader and a mover, each on a separate thread, all at once. */
final class MeterRace {

    private static final int OWNERS = 2;
    private static final int LIVES = 100;

    /** The owners go on until the reader and the mover have done so many rounds. */
    private static final int ROUNDS = 20_000;

    private final ClockPolicy policy;
    private final long seed;
    private final List<Account> accounts =
            Stream.generate(() -> (Account) new TestAccount()).limit(5).toList();
    private final List<SimulatedThread> living = new CopyOnWriteArrayList<>();
    private final AtomicLong cpuNanos = new AtomicLong();
    private final AtomicLong allocatedBytes = new AtomicLong();
    private final AtomicInteger lives = new AtomicInteger();
    private final AtomicInteger ownersLeft = new AtomicInteger(OWNERS);
    private volatile int readerRounds;
    private volatile int moverRounds;

    MeterRace(ClockPolicy policy, long seed) {
        this.policy = policy;
        this.seed = seed;
    }

    /** Returns how many simulated threads there were. */
    int run(ExecutorService executor) throws Exception {
        List<Callable<Void>> actors = new ArrayList<>(List.of(this::read, this::move));
        for (int i = 0; i < OWNERS; i++) {
            Random random = new Random(seed * OWNERS + i);
            actors.add(() -> own(random));
        }
        for (Future<Void> actor : executor.invokeAll(actors)) {
            actor.get();
        }
        assertThat(accounts.stream()
                        .mapToLong(account -> account.totals().cpuNanos())
                        .sum())
                .isEqualTo(cpuNanos.get());
        assertThat(accounts.stream()
                        .mapToLong(account -> account.totals().allocatedBytes())
                        .sum())
                .isEqualTo(allocatedBytes.get());
        return lives.get();
    }

    private Void own(Random random) {
        try {
            for (int i = 0; i < LIVES || readerRounds < ROUNDS || moverRounds < ROUNDS; i++) {
                lives.incrementAndGet();
                live(
                        new SimulatedThread(
                                policy, any(random), random.nextInt(100), random.nextInt(100)),
                        random);
            }
        } finally {
            ownersLeft.decrementAndGet();
        }
        return null;
    }

    private void live(SimulatedThread thread, Random random) {
        living.add(thread);
        int steps = random.nextInt(100);
        for (int i = 0; i < steps; i++) {
            thread.clock.advance(1 + random.nextInt(100), random.nextInt(100));
            switch (random.nextInt(3)) {
                case 0 -> thread.enter(any(random));
                case 1 -> thread.enter(null);
                default -> thread.meter.settleOwn();
            }
            if (i % 10 == 0) {
                thread.assertMeterHasCurrentAccount();
            }
        }
        thread.exit();
        assertThat(thread.meter.chargedCpuNanos()).isEqualTo(thread.usedCpuNanos());
        assertThat(thread.meter.chargedAllocatedBytes()).isEqualTo(thread.usedAllocatedBytes());
        cpuNanos.addAndGet(thread.usedCpuNanos());
        allocatedBytes.addAndGet(thread.usedAllocatedBytes());
        living.remove(thread);
    }

    private Void read() {
        while (ownersLeft.get() > 0) {
            living.forEach(thread -> thread.meter.settle(thread.meter.cpuNanos()));
            readerRounds++;
        }
        return null;
    }

    private Void move() {
        Random random = new Random(seed);
        while (ownersLeft.get() > 0) {
            living.forEach(thread -> thread.attach(any(random)));
            living.forEach(thread -> thread.attachResting(any(random)));
            moverRounds++;
        }
        return null;
    }

    private Account any(Random random) {
        return accounts.get(random.nextInt(accounts.size()));
    }
}
