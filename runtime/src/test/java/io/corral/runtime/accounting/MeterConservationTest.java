package io.corral.runtime.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is charged is what the clocks say, whoever switches, attaches, reads and ends meanwhile. */
class MeterConservationTest {

    private static final int SCHEDULES = 5_000;
    private static final int RACES = 20;

    @Test
    void whatIsChargedIsWhatWasUsedAndWhereItWasUsed() {
        for (int seed = 0; seed < SCHEDULES; seed++) {
            run(new MeterSchedule(seed, false), seed);
        }
    }

    @Test
    void whatIsChargedIsWhatWasUsedThoughOthersActInTheMiddleOfEachStep() {
        long nestedSteps = 0;
        for (int seed = 0; seed < SCHEDULES; seed++) {
            MeterSchedule schedule = new MeterSchedule(seed, true);
            run(schedule, seed);
            nestedSteps += schedule.nestedSteps();
        }
        assertThat(nestedSteps).isGreaterThan(10 * SCHEDULES);
    }

    @Test
    void whatIsChargedIsWhatWasUsedThoughAllActAtOnce() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            int lives = 0;
            for (int seed = 0; seed < RACES; seed++) {
                lives += new MeterRace(seed).run(executor);
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
