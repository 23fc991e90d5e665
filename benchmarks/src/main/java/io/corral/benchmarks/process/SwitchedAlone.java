package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.Random;

/**
 * One JVM with Corral, whose hooks are switched off and on, by turns, so that what slows the machine for a
 * while slows both. Which comes first changes from turn to turn.
 */
final class SwitchedAlone {

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
        WarmUp up = this::warm;
        up.byTurns(effort.warmRounds());
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

    private void warm(int state, int rounds) throws IOException, InterruptedException {
        service.switchHooks(state == 0);
        service.warm(rounds);
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
