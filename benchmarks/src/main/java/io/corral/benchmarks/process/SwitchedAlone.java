package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.Random;

/**
 * One JVM with Corral, whose hooks are switched off and on, by turns, so that what slows the machine for a
 * while slows both. Which comes first changes from turn to turn.
 */
final class SwitchedAlone {

    /** Rounds between two switches. */
    private static final int WARM_STEP = 10;

    private final Switchable service;
    private final ServiceEffort effort;
    private final Random random;

    SwitchedAlone(Switchable service, ServiceEffort effort, Random random) {
        this.service = service;
        this.effort = effort;
        this.random = random;
    }

    /** @param off what windows are called that are measured while the hooks are off */
    void measure(Setup on, Setup off, Launches.Windows into)
            throws IOException, InterruptedException {
        warm();
        check();
        boolean isOn = random.nextBoolean();
        for (int i = 0; i < effort.windows(); i++) {
            measure(isOn, isOn ? on : off, into);
            isOn = !isOn;
            measure(isOn, isOn ? on : off, into);
        }
        check();
    }

    private void measure(boolean isOn, Setup state, Launches.Windows into)
            throws IOException, InterruptedException {
        service.switchHooks(isOn);
        service.warm(1);
        into.add(state, service.measure(effort.windowRounds()));
    }

    /** By turns, so that what is compiled has seen both. */
    private void warm() throws IOException, InterruptedException {
        for (int done = 0; done < effort.warmRounds(); done += WARM_STEP) {
            service.switchHooks(done / WARM_STEP % 2 == 0);
            service.warm(Math.min(WARM_STEP, effort.warmRounds() - done));
        }
    }

    private void check() throws IOException, InterruptedException {
        check(false);
        check(true);
    }

    private void check(boolean isOn) throws IOException, InterruptedException {
        service.switchHooks(isOn);
        long before = service.chargedNanos();
        service.warm(1);
        Switchable.checkCharges(isOn, service.chargedNanos() - before);
    }
}
