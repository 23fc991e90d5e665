package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.List;

/** A setup and its base, which are measured at the same moment. */
final class PairedLaunch {

    private PairedLaunch() {}

    static void measure(ServicePair pair, ServiceEffort effort, Launches.Windows into)
            throws IOException, InterruptedException {
        pair.warm(effort.warmRounds());
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            pair.jvmIn(lane).checkCharges();
        }
        for (int i = 0; i < effort.windows(); i++) {
            pair.changeLanesFor(i);
            List<Window> windows = pair.measure(effort.windowRounds());
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                into.add(pair.setupIn(lane), windows.get(lane));
            }
        }
    }
}
