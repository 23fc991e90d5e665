package io.corral.benchmarks.process;

import io.corral.benchmarks.Jdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A JVM of each setup, all alive at once: each is warmed up, and then they take turns at the load. While
 * one is measured the others wait for requests.
 */
final class Launch implements AutoCloseable {

    private final Map<Setup, ServiceJvm> services = new LinkedHashMap<>();
    private final LoadJvm load;
    private final ServiceEffort effort;
    private final Random random;

    Launch(LoadJvm load, ServiceEffort effort, Random random) {
        this.load = load;
        this.effort = effort;
        this.random = random;
    }

    /**
     * In no fixed order, so that none has anything of being the first.
     *
     * @param prefix what stands before each one's command
     */
    void start(List<String> prefix, Jdk jdk, Collection<Setup> setups, String classPath)
            throws IOException, InterruptedException {
        List<Setup> order = new ArrayList<>(setups);
        Collections.shuffle(order, random);
        for (Setup setup : order) {
            services.put(setup, new ServiceJvm(prefix, jdk, setup, classPath));
        }
    }

    void measure(Launches.Windows into) throws IOException, InterruptedException {
        List<Map.Entry<Setup, ServiceJvm>> turns = new ArrayList<>(services.entrySet());
        Collections.shuffle(turns, random);
        for (Map.Entry<Setup, ServiceJvm> turn : turns) {
            turn.getValue().warm(load, effort.warmRounds());
            turn.getValue().checkCharges();
        }
        for (int i = 0; i < effort.windows(); i++) {
            Collections.shuffle(turns, random);
            for (Map.Entry<Setup, ServiceJvm> turn : turns) {
                turn.getValue().warm(load, 1);
                into.add(turn.getKey(), turn.getValue().measure(load, effort.windowRounds()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (ServiceJvm service : services.values()) {
            service.close();
        }
    }
}
