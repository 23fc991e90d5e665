package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Scope;

/** Containers that no thread has entered yet. */
final class FreshContainers {

    private static final long BURN_NANOS = 50_000;

    private FreshContainers() {}

    static Container[] of(Container parent, int count) {
        Container[] containers = new Container[count];
        for (int i = 0; i < count; i++) {
            containers[i] = parent.create("c" + i);
        }
        return containers;
    }

    /** Checks the counts once there is stack and memory again. */
    static void assertAreCharged(Container[] containers, int end) {
        for (int i = 0; i < end; i++) {
            long before = containers[i].usage().cpuNanos();
            try (Scope scope = containers[i].enter()) {
                burn();
            }
            assertThat(containers[i].usage().cpuNanos() - before)
                    .as(containers[i].path())
                    .isPositive();
        }
    }

    static void burn() {
        long end = System.nanoTime() + BURN_NANOS;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
