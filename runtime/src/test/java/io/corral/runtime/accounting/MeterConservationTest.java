package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The charges of a thread are what its clocks say, whatever switches, moves and readings happen.
 */
class MeterConservationTest {

    private static final int SCHEDULES = 5_000;
    private static final int RACES = 20;

    @ParameterizedTest
    @EnumSource
    void chargesAreExactForEachAccountInASequence(ClockPolicy policy) {
        for (int seed = 0; seed < SCHEDULES; seed++) {
            run(new MeterSchedule(policy, seed, false), seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void chargesAreCompleteIfOthersActWithinEachStep(ClockPolicy policy) {
        long nestedSteps = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            MeterSchedule schedule = new MeterSchedule(policy, seed, true);
            run(schedule, seed);
            nestedSteps += schedule.nestedSteps();
        }
        assertThat(nestedSteps).isGreaterThan(10 * SCHEDULES);
    }

    @ParameterizedTest
    @EnumSource
    void chargesAreCompleteUnderConcurrency(ClockPolicy policy) throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            int lives = 0;
            for (int seed = 0; seed < RACES; seed++) {
                lives += new MeterRace(policy, seed).run(executor);
            }
            assertThat(lives).isGreaterThanOrEqualTo(RACES * 200);
        } finally {
            executor.shutdownNow();
        }
    }

    private static void run(MeterSchedule schedule, int seed) {
        try {
            schedule.run();
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("schedule " + seed + ": " + failure.getMessage(), failure);
        }
    }
}
