package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Two JVMs with Corral, whose hooks are out of the JDK's classes in one of them and in there in the other, and that exchange these
 * roles: so what JVMs differ by is in both figures. They take turns, window by window, so that what slows the machine for a while
 * slows both.
 */
final class ExchangedLaunch {

    /**
     * From an exchange to the first window. What was compiled with classes that changed is compiled again; at its best a method
     * that a request calls once is so behind 5,000 requests.
     */
    static final int SETTLING_ROUNDS = 100;

    /** Of each, between two exchanges. */
    static final int WINDOWS = 10;

    private final List<? extends Switchable> services;
    private final ServiceEffort effort;
    private final Random random;
    private final Setup on;
    private final Setup off;

    /**
     * @param services two of them
     * @param off what windows are called that are measured while the hooks are out
     */
    ExchangedLaunch(
            List<? extends Switchable> services,
            ServiceEffort effort,
            Random random,
            Setup on,
            Setup off) {
        this.services = services;
        this.effort = effort;
        this.random = random;
        this.on = on;
        this.off = off;
    }

    /** Each pair of stays has each of the two once in each role. */
    void measure(Launches.Windows into) throws IOException, InterruptedException {
        WarmUp up = this::warm;
        up.byTurns(effort.warmRounds(), SETTLING_ROUNDS);
        check();
        int first = random.nextInt(2);
        for (int stay = 0; stay < 2 * effort.windows(); stay++) {
            int out = (first + stay) % 2;
            warm(out, SETTLING_ROUNDS);
            measure(out, stay, into);
        }
        check();
    }

    private void measure(int out, int stay, Launches.Windows into)
            throws IOException, InterruptedException {
        for (int i = 0; i < WINDOWS; i++) {
            int next = random.nextInt(2);
            for (int service : new int[] {next, 1 - next}) {
                services.get(service).warm(1);
                Window window = services.get(service).measure(effort.windowRounds());
                into.add(service == out ? off : on, stay, window);
            }
        }
    }

    /** @param out whose hooks are out */
    private void warm(int out, int rounds) throws IOException, InterruptedException {
        for (int service = 0; service < services.size(); service++) {
            services.get(service).switchHooks(service != out);
            services.get(service).warm(rounds);
        }
    }

    private void check() throws IOException, InterruptedException {
        for (Switchable service : services) {
            check(service);
        }
    }

    /** While the hooks are out usage is not known: what was charged meanwhile is told by the next readings. */
    private static void check(Switchable service) throws IOException, InterruptedException {
        service.switchHooks(true);
        long before = service.chargedNanos();
        service.warm(1);
        long behindHooks = service.chargedNanos();
        Switchable.checkCharges(true, behindHooks - before);
        service.switchHooks(false);
        service.warm(1);
        service.switchHooks(true);
        Switchable.checkCharges(false, service.chargedNanos() - behindHooks);
    }
}
