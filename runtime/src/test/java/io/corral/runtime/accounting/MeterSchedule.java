package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Threads that fork, switch, are attached, are read and exit, one step after another, in an order
 * that a seed determines. In a racing schedule, other actors of the same thread act within a step,
 * after each of its readings.
 */
final class MeterSchedule {

    private static final int STEPS = 120;
    private static final int MAX_THREADS = 6;
    private static final int MAX_NESTING = 3;

    private final ClockPolicy policy;
    private final Random random;
    private final boolean racing;
    private final List<Account> accounts =
            Stream.generate(() -> (Account) new TestAccount()).limit(5).toList();
    private final List<Actor> all = new ArrayList<>();
    private final List<Actor> living = new ArrayList<>();

    /** The expected charges of each account at the end, without the CPU time used during a move. */
    private final Map<Account, AccountTotals> expected = new IdentityHashMap<>();

    private int nesting;
    private int nestedSteps;

    MeterSchedule(ClockPolicy policy, long seed, boolean racing) {
        this.policy = policy;
        this.random = new Random(seed);
        this.racing = racing;
        accounts.forEach(account -> expected.put(account, new AccountTotals()));
    }

    void run() {
        fork();
        for (int i = 0; i < STEPS; i++) {
            step(living.get(random.nextInt(living.size())));
        }
        while (!living.isEmpty()) {
            living.get(0).exit();
        }
        assertConserved();
        if (policy == ClockPolicy.EXACT) {
            assertSplit();
        }
    }

    int nestedSteps() {
        return nestedSteps;
    }

    private void step(Actor actor) {
        switch (random.nextInt(12)) {
            case 0 -> fork();
            case 1 -> {
                if (living.size() > 1) {
                    actor.exit();
                }
            }
            default -> actor.act();
        }
        living.forEach(each -> each.thread.assertMeterHasCurrentAccount());
    }

    private void fork() {
        if (living.size() < MAX_THREADS) {
            // The clocks of an adopted thread do not begin at zero.
            boolean adopted = random.nextInt(4) == 0;
            Account home = any();
            Actor child = new Actor(new SimulatedThread(
                    policy,
                    home,
                    adopted ? random.nextInt(1_000) : 0,
                    adopted ? random.nextInt(1_000) : 0));
            all.add(child);
            if (!living.isEmpty() && random.nextInt(8) == 0) {
                // Simulates a start that the JVM failed to carry out.
                child.thread.meter.abandon();
            } else {
                living.add(child);
            }
        }
    }

    private Account any() {
        return accounts.get(random.nextInt(accounts.size()));
    }

    private void assertConserved() {
        long cpuNanos = 0;
        long allocatedBytes = 0;
        for (Actor actor : all) {
            assertThat(actor.thread.meter.chargedCpuNanos()).isEqualTo(actor.thread.usedCpuNanos());
            assertThat(actor.thread.meter.chargedAllocatedBytes())
                    .isEqualTo(actor.thread.usedAllocatedBytes());
            cpuNanos += actor.thread.usedCpuNanos();
            allocatedBytes += actor.thread.usedAllocatedBytes();
        }
        assertThat(sum(accounts.stream().map(account -> account.totals().cpuNanos())))
                .isEqualTo(cpuNanos);
        assertThat(sum(accounts.stream().map(account -> account.totals().allocatedBytes())))
                .isEqualTo(allocatedBytes);
    }

    private void assertSplit() {
        expected.forEach((account, totals) -> {
            long cpuNanos = account.totals().cpuNanos();
            if (racing) {
                assertThat(cpuNanos).isGreaterThanOrEqualTo(totals.cpuNanos());
            } else {
                assertThat(cpuNanos).isEqualTo(totals.cpuNanos());
                assertThat(account.totals().allocatedBytes()).isEqualTo(totals.allocatedBytes());
            }
        });
    }

    private static long sum(Stream<Long> values) {
        return values.mapToLong(Long::longValue).sum();
    }

    /** The owner, the mover and the readers of one thread. */
    private final class Actor {

        final SimulatedThread thread;
        private boolean ownerActs;
        private boolean moverActs;

        Actor(SimulatedThread thread) {
            this.thread = thread;
            thread.afterEachStep(this::others);
        }

        /** Within a step of this thread: lets another actor act on it. */
        private void others() {
            if (racing
                    && nesting < MAX_NESTING
                    && living.contains(this)
                    && random.nextInt(3) == 0) {
                nesting++;
                nestedSteps++;
                if (living.size() > 1 && random.nextInt(20) == 0) {
                    exit();
                } else {
                    act();
                }
                nesting--;
            }
        }

        void act() {
            switch (random.nextInt(7)) {
                case 0, 1 -> asOwner(this::work);
                case 2 -> asOwner(() -> thread.enter(random.nextInt(3) == 0 ? null : any()));
                case 3 -> asOwner(thread.meter::settleOwn);
                case 4 -> asMover(() -> thread.attach(any()));
                case 5 -> asMover(() -> thread.attachResting(any()));
                default -> thread.meter.settle(thread.meter.cpuNanos());
            }
        }

        private void work() {
            // A thread that allocates also uses CPU time.
            long nanos = 1 + random.nextInt(1_000);
            long bytes = random.nextInt(1_000);
            thread.clock.advance(nanos, bytes);
            if (!moverActs) {
                AccountTotals totals = expected.get(thread.worksFor());
                totals.charge(CounterCell.CPU_NANOS, nanos);
                totals.charge(CounterCell.ALLOCATED_BYTES, bytes);
            }
        }

        void exit() {
            asOwner(() -> {
                thread.exit();
                living.remove(this);
            });
        }

        private void asOwner(Runnable step) {
            if (!ownerActs) {
                ownerActs = true;
                step.run();
                ownerActs = false;
            }
        }

        private void asMover(Runnable step) {
            if (!moverActs) {
                moverActs = true;
                step.run();
                moverActs = false;
            }
        }
    }
}
