package io.corral.runtime.container;

import io.corral.Subsystem;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The states that subsystems keep for one container, looked up by the subsystem's identity. Reading
 * takes no lock, so that any callback may read.
 */
public final class SubsystemStates {

    private static final Object[] NONE = {};

    private static final AtomicReferenceFieldUpdater<SubsystemStates, Object[]> PAIRS =
            AtomicReferenceFieldUpdater.newUpdater(SubsystemStates.class, Object[].class, "pairs");

    /** Subsystems and their states in turn. Never changed in place. */
    private volatile Object[] pairs = NONE;

    SubsystemStates() {}

    /** Null if there is none. */
    public @Nullable Object get(Subsystem subsystem) {
        Object[] known = pairs;
        int at = indexOf(known, subsystem);
        return at < 0 ? null : known[at + 1];
    }

    /** Adds the state of a subsystem that has none here yet. */
    public void put(Subsystem subsystem, Object state) {
        Object[] known;
        Object[] grown;
        do {
            known = pairs;
            grown = Arrays.copyOf(known, known.length + 2);
            grown[known.length] = subsystem;
            grown[known.length + 1] = state;
        } while (!PAIRS.compareAndSet(this, known, grown));
    }

    /** Does nothing if there is none. */
    public void remove(Subsystem subsystem) {
        remove(subsystem, null);
    }

    /**
     * Removes one state of a subsystem, which may have another state by now. Does nothing if the
     * state is not the current one.
     *
     * @param state null for any state
     */
    public void remove(Subsystem subsystem, @Nullable Object state) {
        for (Object[] known = pairs; ; known = pairs) {
            int at = indexOf(known, subsystem);
            while (at >= 0 && state != null && known[at + 1] != state) {
                at = indexOf(known, subsystem, at + 2);
            }
            if (at < 0) {
                return;
            }
            Object[] rest = new Object[known.length - 2];
            System.arraycopy(known, 0, rest, 0, at);
            System.arraycopy(known, at + 2, rest, at, rest.length - at);
            if (PAIRS.compareAndSet(this, known, rest.length == 0 ? NONE : rest)) {
                return;
            }
        }
    }

    private static int indexOf(Object[] known, Subsystem subsystem) {
        return indexOf(known, subsystem, 0);
    }

    private static int indexOf(Object[] known, Subsystem subsystem, int from) {
        for (int i = from; i < known.length; i += 2) {
            if (known[i] == subsystem) {
                return i;
            }
        }
        return -1;
    }
}
