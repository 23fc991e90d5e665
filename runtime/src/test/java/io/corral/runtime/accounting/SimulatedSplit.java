package io.corral.runtime.accounting;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated thread that works for several accounts by turns, with the real meter. It also records
 * the true usage for each; a switch counts as being in the middle of its duration.
 */
final class SimulatedSplit implements AccountSource {

    /** The CPU time between two units of work. */
    private static final int GAP_NANOS = 80;

    /** The CPU time of one switch, without its readings: half of it before them, half after. */
    private static final int SWITCH_NANOS = 30;

    private final SimulatedMix mix;
    private final boolean isScoped;
    private final SplittableRandom random;
    private final SimulatedTime time;
    private final ManualMeter meter;
    private final List<Account> accounts = new ArrayList<>();
    private final long[] trueNanos;
    private int at;
    private long since;

    /** @param isScoped whether the thread goes home between two units */
    SimulatedSplit(SimulatedMix mix, boolean isScoped, ClockPolicy policy, long seed) {
        this.mix = mix;
        this.isScoped = isScoped;
        this.random = new SplittableRandom(seed);
        this.time = new SimulatedTime(
                random.split(), random.nextLong(300, 701), mix.sliceMicros() * 1_000L);
        for (int i = 0; i <= mix.parts().size(); i++) {
            accounts.add(new TestAccount());
        }
        this.at = home();
        this.trueNanos = new long[accounts.size()];
        this.meter = new ManualMeter(time, policy, accounts.get(at), 0, 0) {
            @Override
            long nanoTime() {
                return time.nanoTime();
            }

            @Override
            int seed() {
                return Long.hashCode(seed * 0x9E3779B97F4A7C15L);
            }
        };
        // The first reading at simulated time.
        meter.settleOwn();
    }

    private int home() {
        return mix.parts().size();
    }

    void run(long nanos) {
        long end = time.wallNanos() + nanos;
        while (time.wallNanos() < end) {
            int next = mix.next(random);
            switchTo(next);
            mix.parts().get(next).next(random).on(time, random);
            if (isScoped) {
                switchTo(home());
            }
            time.use(GAP_NANOS);
        }
        switchTo(home());
        meter.close();
    }

    private void switchTo(int account) {
        long before = time.cpuNanos();
        time.use(SWITCH_NANOS / 2);
        int from = at;
        at = account;
        meter.switchTo(this);
        time.use(SWITCH_NANOS / 2);
        long middle = (before + time.cpuNanos()) / 2;
        trueNanos[from] += middle - since;
        since = middle;
    }

    @Override
    public Account account(Account current) {
        return accounts.get(at);
    }

    int accounts() {
        return accounts.size();
    }

    /** The error in per cent of what the thread has used; above 0 if charged too much. */
    double error(int account) {
        return 100.0 * over(account) / since;
    }

    /** The error in per cent of what it has used for this account. */
    double ownError(int account) {
        return 100.0 * over(account) / trueNanos[account];
    }

    private long over(int account) {
        return accounts.get(account).totals().cpuNanos() - trueNanos[account];
    }
}
