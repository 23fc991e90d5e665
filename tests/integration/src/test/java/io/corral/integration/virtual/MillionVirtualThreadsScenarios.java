package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.support.EventRegistration;
import io.corral.integration.support.HeapHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;

/** A million virtual threads leave nothing in the heap. */
final class MillionVirtualThreadsScenarios {

    private static final int CONTAINERS = 10;

    private static final String MEMBER = "io.corral.runtime.thread.VirtualMember";
    private static final String METERED_MEMBER = "io.corral.runtime.thread.MeteredVirtualMember";
    private static final String SCOPE = "io.corral.runtime.thread.ScopeFrame";

    private MillionVirtualThreadsScenarios() {}

    @Scenario(since = 21)
    static void endedVirtualThreadsLeaveCountsAndNoMemory() {
        run(Containers.at("/million"), 100_000, MEMBER);
    }

    @Scenario(since = 21)
    static void endedMeteredVirtualThreadsLeaveCountsAndNoMemory() throws InterruptedException {
        try (Recording recording = new Recording()) {
            recording.enable("corral.VirtualThreadExit");
            recording.start();
            EventRegistration.await("corral.VirtualThreadExit");
            run(Containers.at("/metered"), 5_000, METERED_MEMBER);
        }
    }

    private static void run(Container all, int ofEach, String memberClass) {
        int count = CONTAINERS * ofEach;
        List<ParkedThreads> parked = new ArrayList<>();
        for (int i = 0; i < CONTAINERS; i++) {
            parked.add(ParkedThreads.in(all.create("ten-" + i), ofEach));
        }
        parked.forEach(ParkedThreads::awaitThatAllHaveEntered);

        assertThat(all.usage().virtualThreads()).isEqualTo(count);
        assertThat(all.usage().forks()).isEqualTo(count);
        assertThat(all.usage().exits()).isZero();
        all.children().forEach(container -> assertThat(container.isPopulated()).isTrue());
        HeapHistogram alive = HeapHistogram.afterACollection();
        assertThat(alive.instances(memberClass)).isEqualTo(count);
        assertThat(alive.instances(SCOPE)).isEqualTo(count);

        parked.forEach(ParkedThreads::end);
        parked.clear();

        assertThat(all.usage().forks()).isEqualTo(count);
        assertThat(all.usage().exits()).isEqualTo(count);
        assertThat(all.usage().virtualThreads()).isZero();
        assertThat(all.isPopulated()).isFalse();
        for (Container container : all.children()) {
            assertThat(container.usage().forks()).isEqualTo(ofEach);
            assertThat(container.usage().exits()).isEqualTo(ofEach);
            assertThat(container.isPopulated()).isFalse();
        }
        HeapHistogram after = HeapHistogram.afterACollection();
        // A join may return before the last thread's carrier has left its frames.
        for (int i = 0;
                i < 50 && after.instances(MEMBER) + after.instances(METERED_MEMBER) > 0;
                i++) {
            LockSupport.parkNanos(20_000_000);
            after = HeapHistogram.afterACollection();
        }
        assertThat(after.instances(MEMBER)).isZero();
        assertThat(after.instances(METERED_MEMBER)).isZero();
        assertThat(after.instances(SCOPE)).isZero();
    }
}
