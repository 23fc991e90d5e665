package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.Waits;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A class of pools was loaded where no transformer is called; see {@link UnseenClassAgent}. */
final class UnseenPoolClassScenarios {

    private UnseenPoolClassScenarios() {}

    /** The start of the first worker shows that its class has no field. */
    @Scenario
    static void tasksAfterTheFirstAreChargedToTheirSubmitters() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        HandOverFixtures.PathRecorder where = new HandOverFixtures.PathRecorder();
        CountDownLatch started = new CountDownLatch(1);
        try (Scope scope = Containers.at("/unseen/a").enter()) {
            pool.execute(started::countDown);
            Waits.await(started);
            pool.execute(where);
            pool.execute(where);
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(where.seen).containsExactly("/unseen/a", "/unseen/a");
    }
}
