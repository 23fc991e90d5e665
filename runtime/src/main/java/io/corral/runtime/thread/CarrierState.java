package io.corral.runtime.thread;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Whether a platform thread carries virtual threads, and whether one is mounted on it now. Written
 * by the thread itself. Other threads read it: a stale value says that the carrier is busy.
 */
final class CarrierState {

    /** The class of the carriers of the JDK's own scheduler. */
    private static final String CARRIER_THREAD = "jdk.internal.misc.CarrierThread";

    private static final AtomicIntegerFieldUpdater<CarrierState> STATE =
            AtomicIntegerFieldUpdater.newUpdater(CarrierState.class, "state");

    /**
     * A virtual thread is mounted, or about to be. (A reference to it would cost one more fence
     * with G1 at each mount.)
     */
    private static final int MOUNTED = 1;

    /** Set from the first mount on. */
    private static final int CARRIES = 2;

    /** The thread does nothing but carry virtual threads. */
    private static final int DEDICATED = 4;

    /** The bits above. */
    private volatile int state;

    void mount(Thread carrier) {
        int now = state;
        STATE.lazySet(this, ((now & CARRIES) == 0 ? firstMount(carrier) : now) | MOUNTED);
    }

    private static int firstMount(Thread carrier) {
        boolean isDedicated = carrier.getClass().getName().equals(CARRIER_THREAD);
        return CARRIES | (isDedicated ? DEDICATED : 0);
    }

    void dismount() {
        STATE.lazySet(this, state & ~MOUNTED);
    }

    boolean isMounted() {
        return (state & MOUNTED) != 0;
    }

    /** Whether a virtual thread was ever mounted here. */
    boolean carries() {
        return (state & CARRIES) != 0;
    }

    boolean isDedicated() {
        return (state & DEDICATED) != 0;
    }

    /** Whether this is a carrier on which no virtual thread is mounted, as of about now. */
    boolean isIdle() {
        return (state & (CARRIES | MOUNTED)) == CARRIES;
    }

    /** The same for a carrier that does nothing else. */
    boolean isIdleAndDedicated() {
        return (state & (DEDICATED | MOUNTED)) == DEDICATED;
    }
}
