package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.support.CpuLoad;
import java.util.concurrent.CountDownLatch;

/**
 * Two containers hand equal units of work to one pool, one of them three times as many as the
 * other. Each is charged what its units burn by the worker's own clock.
 */
final class Shares {

    private static final int ROUNDS = 8;
    private static final double TOLERANCE = 0.05;

    /** The ratio of the burnt time that may be missing: less than one unit. */
    private static final double MISSING = 0.01;

    /** The pools' own CPU time, at most, as a ratio of the units' CPU time. */
    private static final double POOLS_OWN = 0.10;

    /**
     * The same ratio if a worker waits before each unit, because it wakes two or three times for 20
     * us.
     */
    private static final double POOLS_OWN_WITH_WAITS = 0.20;

    /** Attempts; the machine may be suspended in all but one of them. */
    private static final int ATTEMPTS = 4;

    private static final int STEPS = 1_500_000;
    private static final int WARMUPS = 15;

    private static volatile long sink;

    private final Container one;
    private final Container three;

    Shares(String name) {
        one = Containers.at("/hand-over/" + name + "/one");
        three = Containers.at("/hand-over/" + name + "/three");
    }

    /** Hands a unit over to an executor. */
    interface Submission {
        void handOver(Runnable unit) throws Exception;
    }

    /** Hands the units over, waits for all, and compares what the containers were charged. */
    void assertOneToThree(Submission submission) throws Exception {
        assertOneToThree(submission, POOLS_OWN);
    }

    /**
     * As {@link #assertOneToThree(Submission)}, for delayed tasks, whose worker waits for their
     * time.
     */
    void assertOneToThreeWithWaits(Submission submission) throws Exception {
        assertOneToThree(submission, POOLS_OWN_WITH_WAITS);
    }

    private void assertOneToThree(Submission submission, double poolsOwn) throws Exception {
        warmUp(submission);
        Measured measured = measure(submission);
        for (int i = 1; i < ATTEMPTS && measured.wasSuspended(); i++) {
            measured = measure(submission);
        }
        measured.assertOneToThree(poolsOwn);
    }

    private Measured measure(Submission submission) throws Exception {
        Container pools = Containers.at("/pools");
        long poolsBefore = cpu(pools);
        long oneBefore = cpu(one);
        long threeBefore = cpu(three);
        CountDownLatch all = new CountDownLatch(4 * ROUNDS);
        UnitTimes byOne = new UnitTimes(ROUNDS);
        UnitTimes byThree = new UnitTimes(3 * ROUNDS);
        OverheadTimes beside = new OverheadTimes();
        for (int i = 0; i < ROUNDS; i++) {
            beside.begin(CpuLoad.ownCpuNanos());
            try (Scope scope = one.enter()) {
                submission.handOver(unit(byOne, beside, all));
            }
            try (Scope scope = three.enter()) {
                for (int j = 0; j < 3; j++) {
                    submission.handOver(unit(byThree, beside, all));
                }
            }
            beside.end(CpuLoad.ownCpuNanos());
        }
        all.await();
        return new Measured(
                byOne,
                byThree,
                beside,
                cpu(one) - oneBefore,
                cpu(three) - threeBefore,
                cpu(pools) - poolsBefore);
    }

    /** The burnt and the charged CPU time, in nanoseconds. */
    private record Measured(
            UnitTimes byOne,
            UnitTimes byThree,
            OverheadTimes beside,
            long ofOne,
            long ofThree,
            long ofPools) {

        boolean wasSuspended() {
            return UnitTimes.wasSuspended(byOne, byThree) || beside.wasSuspended();
        }

        void assertOneToThree(double poolsOwn) {
            String charged = ofOne + " to " + ofThree + ", burnt " + byOne + " and " + byThree;
            assertThat(ofOne).as(charged).isGreaterThan(least(byOne));
            assertThat(ofThree).as(charged).isGreaterThan(least(byThree));
            // The ratio of the burnt times: three, unless the machine was slow during a unit.
            double burnt = (double) byThree.sum() / byOne.sum();
            assertThat((double) ofThree / ofOne)
                    .as(charged)
                    .isBetween(burnt * (1 - TOLERANCE), burnt * (1 + TOLERANCE));
            assertThat(ofPools)
                    .as("pools' own, beside " + ofOne + " and " + ofThree)
                    .isLessThan((long) ((ofOne + ofThree) * poolsOwn));
        }
    }

    private static long least(UnitTimes burnt) {
        return (long) (burnt.sum() * (1 - MISSING));
    }

    private static Runnable unit(UnitTimes burnt, OverheadTimes beside, CountDownLatch all) {
        return () -> {
            try {
                long before = CpuLoad.ownCpuNanos();
                beside.end(before);
                burn();
                long after = CpuLoad.ownCpuNanos();
                burnt.add(after - before);
                beside.begin(after);
            } finally {
                // Else the test would wait for a unit that has thrown.
                all.countDown();
            }
        };
    }

    /** Classes are loaded and code is compiled before the units that count. */
    private static void warmUp(Submission submission) throws Exception {
        CountDownLatch all = new CountDownLatch(WARMUPS);
        UnitTimes burnt = new UnitTimes(WARMUPS);
        OverheadTimes beside = new OverheadTimes();
        for (int i = 0; i < WARMUPS; i++) {
            try (Scope scope = Containers.at("/warm-up").enter()) {
                submission.handOver(unit(burnt, beside, all));
            }
        }
        all.await();
    }

    private static long cpu(Container container) {
        return container.usage().cpuNanos();
    }

    /** About four milliseconds on each JDK. Always the same work, which no compiler can shorten. */
    static void burn() {
        long value = sink | 1;
        for (int i = 0; i < STEPS; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        sink = value;
    }
}
