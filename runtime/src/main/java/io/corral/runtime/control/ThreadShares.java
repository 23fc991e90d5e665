package io.corral.runtime.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code fair} for virtual threads: divides the carriers among the containers whose threads are
 * ready, by weight. Called by the tick.
 *
 * <p>The kernel gives each carrier the same CPU time, so shares follow the numbers of slots. These
 * are whole, and a thread may keep its slot for long. So a container's exact CPU time is compared
 * with its share at each tick, and the difference, its lag, gives it more slots or less. A
 * container that is alone has as many slots as the scheduler had carriers. What a container saves
 * is not kept for later.
 */
final class ThreadShares {

    /** A lag is made up for in about so many ticks. */
    private static final double TICKS_TO_CORRECT = 8;

    private static final double MAX_LAG_NANOS = 2e9;

    /** Without a slot for longer, a thread that holds a lock keeps others waiting. */
    private static final int MAX_TICKS_WITHOUT = 2;

    /** The part of its share below which a container is behind. */
    private static final double BEHIND = 0.7;

    /** The part of a CPU that a container uses at most if its threads wait for something. */
    private static final double NO_CPU = 0.05;

    /** One carrier is kept for other tasks of the scheduler, such as ends of timeouts. */
    private static final int SPARE = 1;

    /** The means of a container are over about so many ticks. */
    private static final double TICKS_OF_A_MEAN = 10;

    /** From so many threads on that are runnable on average, one of them always is. */
    private static final double ONE_RUNNABLE = 0.9;

    /** The part of the CPUs below which runnable threads lack some. */
    private static final double LACKING = 0.85;

    /** For so long, a container waits for runs of others that have lost their slots. */
    private static final int MAX_TICKS_KEPT_OUT = 100;

    /**
     * The container that is furthest behind first; of equals the one that was without for longest.
     */
    private static final Comparator<ThreadShare> TURNS = Comparator.<ThreadShare>comparingDouble(
                    each -> -each.lagNanos)
            .thenComparingInt(each -> -each.ticksWithout);

    private final List<ThreadShare> inUse = new ArrayList<>();
    private final MaxMinDivision division = new MaxMinDivision();

    /** Who gets the CPU of a container that {@link ThreadShare#leavesCpu}. */
    private @Nullable ThreadShare heir;

    /**
     * @param fair those of fair containers
     * @param rest that of the threads in no fair container
     * @param original the number of carriers before {@code fair} was set
     * @param carriers the number of carriers now
     */
    void adjust(
            List<ThreadShare> fair,
            ThreadShare rest,
            int original,
            int carriers,
            double cpus,
            boolean areCpusBusy,
            long elapsedNanos) {
        inUse.clear();
        heir = null;
        for (ThreadShare each : fair) {
            each.leavesCpu = false;
            if (each.isInUse && !each.isStalled()) {
                inUse.add(each);
                each.measureRuns();
                boolean lacksCpu = lacksCpu(each, elapsedNanos);
                each.wantsMore = each.isWaiting || (areCpusBusy && lacksCpu);
            } else {
                // A thread that keeps its carrier while it waits needs no turn.
                each.rest(original + each.stalled);
            }
        }
        double total = 0;
        int all = Math.max(1, carriers - SPARE);
        if (!inUse.isEmpty()) {
            int forRest = rest.isInUse ? Math.max(original, all / 2) : 0;
            int left = Math.max(1, all - forRest);
            total = divide(original, left);
            updateLags(areCpusBusy);
            give(total, original, left, cpus, areCpusBusy, elapsedNanos);
        }
        boolean mayLend = !areCpusBusy && inUse.size() < all;
        for (ThreadShare each : inUse) {
            each.slots += extra(each, original, mayLend, elapsedNanos);
        }
        // The rest weighs as much as all others together, and loses nothing to correction.
        int others = (int) Math.min(Math.round(total), all / 2);
        int given = 0;
        for (ThreadShare each : inUse) {
            given += each.slots;
        }
        rest.slots = rest.isInUse
                ? Math.max(original, others)
                : Math.max(1, Math.min(original, all - given));
        rest.slots += extra(rest, original, !areCpusBusy, elapsedNanos);
        rest.isBehind = !rest.isWaiting;
    }

    @Nullable ThreadShare heir() {
        return heir;
    }

    /**
     * Divides the carriers by weight. A container that wants no more leaves to the others what it
     * does not use, and may take its share as soon as it wants it.
     *
     * @return the carriers that the containers are about to use
     */
    private double divide(int original, int carriers) {
        double least = Double.MAX_VALUE;
        division.clear();
        for (ThreadShare each : inUse) {
            least = Math.min(least, each.weight);
            division.add(each.weight, each.wantsMore ? MaxMinDivision.ALL : each.used + 1);
        }
        division.divide(carriers);
        double total = 0;
        for (int i = 0; i < inUse.size(); i++) {
            ThreadShare each = inUse.get(i);
            each.wanted = Math.min(original / least * each.weight, division.bound(i));
            total += about(each);
        }
        return total;
    }

    /** The slots that a container is about to use. */
    private static double about(ThreadShare share) {
        return share.wantsMore ? share.wanted : Math.min(share.wanted, share.used + 1);
    }

    /** Only those that want more than they use share what they use together. */
    private void updateLags(boolean areCpusBusy) {
        double used = 0;
        double usedByAll = 0;
        double wantingWeights = 0;
        double weights = 0;
        for (ThreadShare each : inUse) {
            weights += each.weight;
            usedByAll += each.usedNanos;
            if (each.wantsMore) {
                used += each.usedNanos;
                wantingWeights += each.weight;
            }
        }
        double mostBehind = -MAX_LAG_NANOS;
        for (ThreadShare each : inUse) {
            if (each.wantsMore) {
                double due = used * each.weight / wantingWeights;
                double lag = each.lagNanos + due - each.usedNanos;
                each.lagNanos = Math.max(-MAX_LAG_NANOS, Math.min(MAX_LAG_NANOS, lag));
                mostBehind = Math.max(mostBehind, each.lagNanos);
            }
        }
        for (ThreadShare each : inUse) {
            if (each.wantsMore && mostBehind < 0) {
                // Nobody is kept from the CPUs for the sake of one that wants no more.
                each.lagNanos -= mostBehind;
            }
            if (!each.wantsMore || !areCpusBusy) {
                // While a CPU is idle nobody is kept from it for the sake of others.
                each.lagNanos = Math.min(0, each.lagNanos) * (1 - 1 / TICKS_TO_CORRECT);
            }
            double due = usedByAll * each.weight / weights;
            each.isBehind = each.lagNanos >= 0 && each.usedNanos < BEHIND * due;
        }
    }

    /**
     * Whether threads that have slots get less CPU time than they want. With fewer threads than
     * slots none waits for a slot.
     */
    private static boolean lacksCpu(ThreadShare share, long elapsedNanos) {
        double cpus = share.usedNanos / elapsedNanos;
        share.meanRunnable += (share.runnable - share.meanRunnable) / TICKS_OF_A_MEAN;
        share.meanCpus += (cpus - share.meanCpus) / TICKS_OF_A_MEAN;
        return share.meanRunnable >= ONE_RUNNABLE && share.meanCpus < LACKING * share.meanRunnable;
    }

    private void give(
            double total,
            int original,
            int left,
            double cpus,
            boolean areCpusBusy,
            long elapsedNanos) {
        if (inUse.size() == 1) {
            ThreadShare alone = inUse.get(0);
            alone.slots = Math.max(original, (int) alone.wanted);
        } else if (inUse.size() > left) {
            takeTurns(left);
        } else {
            correct(total, cpus, elapsedNanos, left);
            if (areCpusBusy) {
                leaveCpus(cpus);
            }
            for (ThreadShare each : inUse) {
                each.slots = whole(each);
            }
            fillCpus(cpus);
        }
    }

    /**
     * Those that are ahead get no slot, and those that are behind may have fewer threads than there
     * are CPUs. Then those that are least ahead get the other CPUs.
     */
    private void fillCpus(double cpus) {
        int runs = 0;
        for (ThreadShare each : inUse) {
            runs += each.isWaiting ? each.slots : Math.min(each.slots, each.used);
        }
        while (runs < cpus) {
            ThreadShare next = leastAhead();
            if (next == null) {
                return;
            }
            next.slots = 1;
            next.ticksWithout = 0;
            runs++;
        }
    }

    /** Of those whose threads wait and that have no slot. */
    private @Nullable ThreadShare leastAhead() {
        ThreadShare least = null;
        for (ThreadShare each : inUse) {
            if (each.isWaiting
                    && each.slots == 0
                    && (least == null || each.lagNanos > least.lagNanos)) {
                least = each;
            }
        }
        return least;
    }

    /**
     * Gives slots for lags, or takes them. A run keeps its slot to its end, also when the lag is
     * made up for. So where runs are longer than ticks, a slot more takes a lag of a whole run.
     */
    private void correct(double total, double cpus, long elapsedNanos, int left) {
        double nanosASlot = elapsedNanos * cpus / Math.max(1, total);
        double corrected = 0;
        for (ThreadShare each : inUse) {
            double nanosOfACorrection = nanosASlot * TICKS_TO_CORRECT;
            if (each.lagNanos > 0) {
                nanosOfACorrection = Math.max(nanosOfACorrection, each.nanosOfARun());
            }
            double wanted = each.wanted + each.lagNanos / nanosOfACorrection;
            each.wanted = Math.max(0, Math.min(left, wanted));
            corrected += about(each);
        }
        if (corrected > left) {
            for (ThreadShare each : inUse) {
                each.wanted *= left / corrected;
            }
        }
    }

    /**
     * A container that wants no more than it uses keeps a CPU for each of its threads that run:
     * with more threads than CPUs the kernel would give each of them less. The others have fewer
     * slots meanwhile, but one at least for the smallest weight, so that their shares stay as they
     * are.
     */
    private void leaveCpus(double cpus) {
        double left = cpus;
        double wanted = 0;
        double least = Double.MAX_VALUE;
        for (ThreadShare each : inUse) {
            if (!each.wantsMore) {
                left -= each.runnable;
            } else if (each.wanted >= 1) {
                wanted += each.wanted;
                least = Math.min(least, each.wanted);
            }
        }
        double part = Math.max(left / wanted, 1 / least);
        if (left == cpus || part >= 1) {
            return;
        }
        for (ThreadShare each : inUse) {
            if (!each.wantsMore) {
                each.leavesCpu = each.runnable > 0;
            } else if (each.wanted >= 1) {
                each.wanted *= part;
                if (heir == null || each.lagNanos > heir.lagNanos) {
                    heir = each;
                }
            }
        }
    }

    /**
     * There are more containers than carriers: those that are furthest behind have one each. A run
     * keeps its carrier to its end, also when it is another's turn. So a container has its turn
     * when there is a carrier: else tasks of the scheduler itself would wait behind all that were
     * given a slot. Who was kept out for long, by runs that don't end, gets the carrier that is
     * kept for these tasks.
     */
    private void takeTurns(int carriers) {
        int free = carriers;
        for (ThreadShare each : inUse) {
            free += each.stalled - each.used;
        }
        inUse.sort(TURNS);
        for (int i = 0; i < inUse.size(); i++) {
            ThreadShare each = inUse.get(i);
            boolean isItsTurn = i < carriers;
            if (isItsTurn && each.used == 0) {
                int spare = each.ticksKeptOut < MAX_TICKS_KEPT_OUT ? 0 : SPARE;
                isItsTurn = free + spare > 0;
                free -= isItsTurn ? 1 : 0;
                each.ticksKeptOut = isItsTurn ? 0 : each.ticksKeptOut + 1;
            }
            each.slots = isItsTurn ? 1 : 0;
            each.ticksWithout = isItsTurn ? 0 : each.ticksWithout + 1;
        }
    }

    /** The slots for this tick, of which the fractions add up over several ticks. */
    private static int whole(ThreadShare share) {
        double wanted = share.wanted + share.fraction;
        int whole = (int) wanted;
        share.fraction = wanted - whole;
        boolean mustRun = share.lagNanos >= 0 || share.ticksWithout >= MAX_TICKS_WITHOUT;
        if (whole == 0 && mustRun) {
            whole = 1;
            share.fraction = 0;
        }
        share.ticksWithout = whole == 0 ? share.ticksWithout + 1 : 0;
        return whole;
    }

    /** The slots in place of those whose thread can't go on, and keeps its carrier. */
    private static int extra(ThreadShare share, int original, boolean mayLend, long elapsedNanos) {
        boolean standsStill = mayLend && share.isWaiting && share.usedNanos < NO_CPU * elapsedNanos;
        if (standsStill) {
            share.lent = Math.min(original, share.lent + 1);
        } else if (share.lent > 0) {
            share.lent--;
        }
        return share.stalled + share.lent;
    }
}
