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
    static void otherVirtualThreadsRunWhileAReaderWaitsForTheJdk() throws Exception {
        Container fresh = Containers.at("/virtual-reader/fresh");
        Containers.hierarchy("main").usages();
        Thread reader;
        Thread entering;
        synchronized (Class.forName("sun.management.ManagementFactoryHelper")) {
            reader = ThreadKind.VIRTUAL.start(() -> Containers.hierarchy("main").usages());
            while (reader.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            entering = ThreadKind.VIRTUAL.start(() -> fresh.run(() -> {}));
            if (Runtime.version().feature() >= 24) {
                entering.join(TimeUnit.SECONDS.toMillis(30));
                assertThat(entering.isAlive()).isFalse();
            }
        }
        reader.join(TimeUnit.SECONDS.toMillis(30));
        entering.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(reader.isAlive() || entering.isAlive()).isFalse();
    }
}
