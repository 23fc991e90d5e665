package io.corral.integration.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.util.concurrent.TimeUnit;

/**
 * A virtual thread that reads usages may have to wait, and leave the only carrier there is to
 * others.
 */
final class VirtualReaderScenarios {

    private VirtualReaderScenarios() {}

    /**
     * From JDK 24 on a virtual thread that waits for a monitor leaves its carrier. The JDK lists
     * the JVM's threads under a monitor.
     */
    @Scenario(since = 21)
    static void threadsEndAfterAReaderHasWaitedForTheJdk() throws Exception {
        Container fresh = Containers.at("/virtual-reader/fresh");
        Containers.hierarchy("main").usages();
        Thread reader;
        Thread entering = ThreadKind.VIRTUAL.unstarted(() -> fresh.run(() -> {}));
        synchronized (Class.forName("sun.management.ManagementFactoryHelper")) {
            reader = ThreadKind.VIRTUAL.start(() -> Containers.hierarchy("main").usages());
            while (reader.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            entering.start();
            // Whether it can run meanwhile depends on the JDK, so there is no state to wait for.
            Thread.sleep(200);
        }
        reader.join(TimeUnit.SECONDS.toMillis(30));
        entering.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(reader.isAlive() || entering.isAlive()).isFalse();
    }
}
