package io.corral.runtime.container;

import io.corral.Subsystem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states that subsystems keep for one container, looked up by the subsystem's identity. Reading
 * takes no lock, so that any callback may read.
 */
public final class SubsystemStates {

    private static final Object[] NONE = {};

    /** Subsystems and their states in turn. Never changed in place. */
    private volatile Object[] pairs = NONE;

    SubsystemStates() {}

    /** Null if there is none. */
    public @Nullable Object get(Subsystem subsystem) {
        Object[] known = pairs;
        int at = indexOf(known, subsystem, null);
        return at < 0 ? null : known[at + 1];
    }

    /** Adds the state of a subsystem that has none here yet. */
    public synchronized void put(Subsystem subsystem, Object state) {
        int length = pairs.length;
        Object[] grown = Arrays.copyOf(pairs, length + 2);
        grown[length] = subsystem;
        grown[length + 1] = state;
        pairs = grown;
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
    public synchronized void remove(Subsystem subsystem, @Nullable Object state) {
        Object[] known = pairs;
        int at = indexOf(known, subsystem, state);
        if (at >= 0) {
            Object[] rest = new Object[known.length - 2];
            System.arraycopy(known, 0, rest, 0, at);
            System.arraycopy(known, at + 2, rest, at, rest.length - at);
            pairs = rest;
        }
    }

    /** @param state null for any state */
    private static int indexOf(Object[] known, Subsystem subsystem, @Nullable Object state) {
        for (int i = 0; i < known.length; i += 2) {
            if (known[i] == subsystem && (state == null || known[i + 1] == state)) {
                return i;
            }
        }
        return -1;
    }
}
