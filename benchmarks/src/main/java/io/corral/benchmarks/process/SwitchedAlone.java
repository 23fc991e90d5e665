package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.Random;

/**
 * One JVM with Corral, whose hooks are switched off and on, by turns. Windows that follow each other are a
 * pair: what slows the machine for a while slows both.
 */
final class SwitchedAlone {

    /** Rounds between two switches. */
    private static final int WARM_STEP = 10;

    private final ServiceJvm service;
    private final LoadJvm load;
    private final ServiceEffort effort;
    private final Random random;

    SwitchedAlone(ServiceJvm service, LoadJvm load, ServiceEffort effort, Random random) {
        this.service = service;
        this.load = load;
        this.effort = effort;
        this.random = random;
    }

    /** @param off what windows are called that are measured while the hooks are off */
    void measure(Setup on, Setup off, Launches.Windows into)
            throws IOException, InterruptedException {
        warm();
        check(false);
        check(true);
        for (int i = 0; i < effort.windows(); i++) {
            boolean onFirst = random.nextBoolean();
            for (boolean isOn : new boolean[] {onFirst, !onFirst}) {
                service.switchHooks(isOn);
                service.warm(load, 1);
                into.add(isOn ? on : off, service.measure(load, effort.windowRounds()));
            }
        }
    }

    /** By turns, so that what is compiled has seen both. */
    private void warm() throws IOException, InterruptedException {
        for (int done = 0; done < effort.warmRounds(); done += WARM_STEP) {
            service.switchHooks(done / WARM_STEP % 2 == 0);
            service.warm(load, Math.min(WARM_STEP, effort.warmRounds() - done));
        }
    }

    private void check(boolean isOn) throws IOException, InterruptedException {
        service.switchHooks(isOn);
        long before = service.chargedNanos();
        service.warm(load, 1);
        service.checkCharges(isOn, before);
    }
}
