package io.corral.runtime.accounting;

import java.util.concurrent.ThreadLocalRandom;

/**
 * What a test begins with: a thread that has worked for three accounts one after the other, and works
 * for the third. Where the policy is adaptive nothing of this is charged yet. Half of the scenes are
 * of the one policy, half of the other; results name it.
 */
abstract class Scene {

    /** Used with each of the accounts before actors begin: CPU time, and as many bytes. */
    static final long EACH = 10;

    final ClockPolicy policy =
            ThreadLocalRandom.current().nextBoolean() ? ClockPolicy.ADAPTIVE : ClockPolicy.EXACT;
    final Payer first = new Payer();
    final Payer second = new Payer();
    final Payer third = new Payer();

    /** Entered by an actor. */
    final Payer fourth = new Payer();

    /** The thread never works for it. */
    final Payer stranger = new Payer();

    final Place place = new Place(first, null);
    final HandMovedMeter meter = new HandMovedMeter(policy, first);

    Scene() {
        meter.work(EACH, EACH);
        enter(second);
        meter.work(EACH, EACH);
        enter(third);
        meter.work(EACH, EACH);
    }

    /** Owner. */
    final void enter(Payer payer) {
        place.enter(payer);
        meter.changeTo(place);
    }

    /** Owner. */
    final void leave() {
        place.enter(null);
        meter.changeTo(place);
    }

    /** Mover. */
    final void attach(Payer payer) {
        place.home = payer;
        meter.moveTo(place);
    }

    final long cpuNanos() {
        return first.cpuNanos()
                + second.cpuNanos()
                + third.cpuNanos()
                + fourth.cpuNanos()
                + stranger.cpuNanos();
    }

    final long allocatedBytes() {
        return first.allocatedBytes()
                + second.allocatedBytes()
                + third.allocatedBytes()
                + fourth.allocatedBytes()
                + stranger.allocatedBytes();
    }

    /** Each account's CPU time where it is exact, else the sum alone. */
    final String cpuSplit() {
        return policy == ClockPolicy.EXACT
                ? first.cpuNanos() + "+" + second.cpuNanos() + "+" + third.cpuNanos() + "+"
                        + fourth.cpuNanos() + "+" + stranger.cpuNanos()
                : "sum " + cpuNanos() + ", stranger " + stranger.cpuNanos();
    }

    /** Each account's bytes: exact under both policies, where no mover switches. */
    final String allocatedSplit() {
        return first.allocatedBytes() + "+" + second.allocatedBytes() + "+"
                + third.allocatedBytes() + "+" + fourth.allocatedBytes() + "+"
                + stranger.allocatedBytes();
    }
}
