package io.corral.integration.handover;

import io.corral.integration.harness.Scenario;

import java.util.concurrent.ForkJoinPool;

/** As {@link FirstScopeScenarios}, in a separate JVM, since each JVM has one first scope. */
final class FirstScopeOfForkJoinScenarios {

    private FirstScopeOfForkJoinScenarios() {}

    @Scenario
    static void firstScopeLeftOpenByAForkJoinTaskIsClosed() {
        ForkJoinPool pool = new ForkJoinPool(1);
        FirstScopeScenarios.assertForgottenScopeIsClosed(pool);
        pool.shutdown();
    }
}
