package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Two JVMs with Corral, whose hooks are switched off in one while they are on in the other, by turns. Both
 * have been in both states, and at each moment one in each: so neither what JVMs differ by nor what the machine
 * does tells anything.
 */
final class SwitchedLaunch {

    private final ServicePair pair;
    private final ServiceEffort effort;
    private final Random random;
    private final Setup on;
    private final Setup off;

    /** @param off what windows are called that are measured while the hooks are off */
    SwitchedLaunch(ServicePair pair, ServiceEffort effort, Random random, Setup on, Setup off) {
        this.pair = pair;
        this.effort = effort;
        this.random = random;
        this.on = on;
        this.off = off;
    }

    void measure(Launches.Windows into) throws IOException, InterruptedException {
        List<ServiceJvm> jvms = List.of(pair.jvmIn(0), pair.jvmIn(1));
        WarmUp up = this::warm;
        up.byTurns(effort.warmRounds());
        check();
        for (int i = 0; i < effort.windows(); i++) {
            pair.changeLanesFor(i);
            int first = random.nextInt(Lanes.COUNT);
            for (int laneOff : new int[] {first, Lanes.COUNT - 1 - first}) {
                switchOffIn(laneOff);
                List<Window> windows = pair.measure(effort.windowRounds());
                for (int lane = 0; lane < Lanes.COUNT; lane++) {
                    int jvm = jvms.indexOf(pair.jvmIn(lane));
                    into.add(lane == laneOff ? off : on, jvm, windows.get(lane));
                }
            }
        }
    }

    private void warm(int laneOff, int rounds) throws IOException, InterruptedException {
        switchOffIn(laneOff);
        pair.warm(rounds);
    }

    private void switchOffIn(int laneOff) throws IOException, InterruptedException {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            pair.jvmIn(lane).switchHooks(lane != laneOff);
        }
    }

    private void check() throws IOException, InterruptedException {
        for (int laneOff = 0; laneOff < Lanes.COUNT; laneOff++) {
            switchOffIn(laneOff);
            long[] before = {pair.jvmIn(0).chargedNanos(), pair.jvmIn(1).chargedNanos()};
            pair.warm(1);
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                Switchable.checkCharges(
                        lane != laneOff, pair.jvmIn(lane).chargedNanos() - before[lane]);
            }
        }
    }
}
