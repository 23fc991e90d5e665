package io.corral.runtime.control;

import io.corral.runtime.control.LimitSettings.CpuMax;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code cpu.max}: a token bucket of CPU time. Each tick adds the quota of the time that has passed
 * and takes the exact CPU time that the container has used, so the bucket may be in debt. While it
 * is, no request begins. While it is not, as many may run as it has CPU time for.
 */
final class CpuQuota {

    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final int MAX_PERIODS_OVER = 10;

    /** CPU time that is left. Accessed by the tick only, as the next ones are. */
    private double budget;

    /** Set when the quota is set: what was owed for an earlier one does not count. */
    private volatile boolean isNew;

    /** How many periods in a row have used more than their quota, while something was owed. */
    private int periodsOver;

    /** The budget at the end of the first of them. */
    private double budgetAfterFirst;

    private long inPeriod;
    private long usedInPeriod;

    private volatile long debtNanos;
    private volatile long nanosPerSecond;

    /**
     * Called by the tick: takes what was used.
     *
     * @param used CPU time since the last tick
     */
    void charge(CpuMax max, long elapsed, long used) {
        if (isNew) {
            isNew = false;
            budget = 0;
            periodsOver = 0;
        }
        double refill = (double) elapsed * max.quotaNanos() / max.periodNanos();
        // A period may be shorter than the time between two ticks.
        budget = Math.min(budget + refill, Math.max(refill, (double) max.quotaNanos())) - used;
        countPeriods(max, elapsed, used);
        debtNanos = (long) Math.max(0, -budget);
        nanosPerSecond = (long) (max.cpus() * SECOND);
    }

    /** Called when a quota is set where none was. */
    void begin() {
        isNew = true;
    }

    /** Called by the tick while the quota limits nothing: what is used then is not owed later. */
    void open(CpuMax max) {
        isNew = false;
        budget = max.quotaNanos();
        periodsOver = 0;
        debtNanos = 0;
        nanosPerSecond = (long) (max.cpus() * SECOND);
    }

    private void countPeriods(CpuMax max, long elapsed, long used) {
        inPeriod += elapsed;
        usedInPeriod += used;
        if (inPeriod >= max.periodNanos()) {
            boolean isOver = budget < 0
                    && usedInPeriod > (double) inPeriod * max.quotaNanos() / max.periodNanos();
            if (periodsOver == 0) {
                budgetAfterFirst = budget;
            }
            periodsOver = isOver ? periodsOver + 1 : 0;
            inPeriod = 0;
            usedInPeriod = 0;
        }
    }

    /**
     * Whether the container uses too much although no request begins: its threads do not come back
     * to the door. Then it owes more and more, which requests that just use up the quota do not.
     * Called by the tick after {@link #charge}. Asks again after as many periods.
     */
    boolean ignoresDoor(CpuMax max) {
        if (periodsOver < MAX_PERIODS_OVER) {
            return false;
        }
        periodsOver = 0;
        return budget < budgetAfterFirst - max.quotaNanos();
    }

    /**
     * The number of requests that may run.
     *
     * @param costNanos the CPU time of a request
     */
    int slots(double costNanos) {
        return budget <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE - 1, 1 + budget / costNanos);
    }

    /** Whether nothing is owed, and the bucket is full. */
    boolean isFull(@Nullable CpuMax max) {
        return max == null || budget >= max.quotaNanos();
    }

    /** Any thread may ask, as for the next two. */
    long debtNanos() {
        return debtNanos;
    }

    /** The quota of a second. */
    long nanosPerSecond() {
        return nanosPerSecond;
    }

    /** The time until the debt is paid, if nothing is used meanwhile. */
    long nanosUntilOpen() {
        long quota = Math.max(1, nanosPerSecond);
        return (long) ((double) debtNanos / quota * SECOND);
    }
}
