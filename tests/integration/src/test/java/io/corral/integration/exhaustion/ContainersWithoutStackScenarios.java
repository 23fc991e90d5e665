package io.corral.integration.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.integration.harness.Scenario;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Containers that are created, entered for the first time, or removed, without enough stack. */
final class ContainersWithoutStackScenarios {

    private static final int DIVES = 25;
    private static final int EACH = 1_000;

    private ContainersWithoutStackScenarios() {}

    @Scenario
    static void containerMadeAtTheBottomOfTheStackIsFoundByOtherThreads() throws Exception {
        Container parent = Containers.at("/exhausted/made");
        String[] names = new String[DIVES * EACH];
        for (int i = 0; i < names.length; i++) {
            names[i] = "c" + i;
        }
        // Loads the classes that are needed at the bottom of the stack.
        parent.at("warm-up");
        int[] next = new int[1];
        int overflows = 0;
        for (int dive = 0; dive < DIVES; dive++) {
            overflows +=
                    StackBottom.reach(Containers.root(), dive, () -> parent.at(names[next[0]++]));
        }
        assertThat(overflows).isGreaterThan(DIVES);
        Thread looking = new Thread(() -> {
            for (int i = 0; i < next[0]; i++) {
                parent.at(names[i]);
            }
        });
        looking.setDaemon(true);
        looking.start();
        looking.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(looking.isAlive()).isFalse();
    }

    @Scenario
    static void containerEnteredAtTheBottomOfTheStackIsChargedLater() {
        Container[] containers =
                FreshContainers.of(Containers.at("/exhausted/entered"), DIVES * EACH);
        containers[0].enter().close();
        int[] next = {1};
        int overflows = 0;
        for (int dive = 0; dive < DIVES; dive++) {
            overflows += StackBottom.reach(
                    Containers.root(), dive, () -> containers[next[0]++].enter().close());
        }
        assertThat(overflows).isGreaterThan(DIVES);
        FreshContainers.assertAreCharged(containers, next[0]);
    }

    @Scenario
    static void containerRemovedAtTheBottomOfTheStackIsRemovedOrUsable() {
        Container parent = Containers.at("/exhausted/removed");
        Container[] containers = FreshContainers.of(parent, DIVES * EACH);
        containers[0].remove();
        int[] next = {1};
        int overflows = 0;
        for (int dive = 0; dive < DIVES; dive++) {
            overflows += StackBottom.reach(
                    Containers.root(), dive, () -> containers[next[0]++].remove());
        }
        assertThat(overflows).isGreaterThan(DIVES);
        Set<Container> children = new HashSet<>(parent.children());
        for (Container container : containers) {
            assertThat(children.contains(container)).isNotEqualTo(container.isRemoved());
            if (!container.isRemoved()) {
                container.enter().close();
                container.remove();
            }
        }
        assertThat(parent.children()).isEmpty();
    }
}
