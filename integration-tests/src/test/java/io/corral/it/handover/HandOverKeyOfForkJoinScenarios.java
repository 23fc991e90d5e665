package io.corral.it.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.Scenario;
import java.util.concurrent.ForkJoinPool;

/** As {@link HandOverKeyScenarios}, in another JVM, since there is one first scope. */
final class HandOverKeyOfForkJoinScenarios {

    private HandOverKeyOfForkJoinScenarios() {}

    @Scenario
    static void firstScopeOfAllThatATaskForgetsDoesNotReachTheNext() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        HandOverKeyScenarios.compile(pool);
        String before = HandOverKeyScenarios.where(pool);
        assertThat(before).startsWith("/pools/");
        HandOverKeyScenarios.where(pool, HandOverKeyScenarios::enterAndForget);
        assertThat(HandOverKeyScenarios.where(pool)).isEqualTo(before);
        pool.shutdown();
    }
}
