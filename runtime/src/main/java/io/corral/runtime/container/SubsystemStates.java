package io.corral.runtime.container;

import io.corral.Subsystem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states that subsystems keep for one container, looked up by the subsystem's identity. Reading
 * takes no lock, so that any callback may read.
 */
final class SubsystemStates {

    private static final Object[] NONE = {};

    /** Subsystems and their states in turn. Never changed in place; replaced under this lock. */
    private volatile Object[] pairs = NONE;

    @Nullable Object get(Subsystem subsystem) {
        Object[] known = pairs;
        for (int i = 0; i < known.length; i += 2) {
            if (known[i] == subsystem) {
                return known[i + 1];
            }
        }
        return null;
    }

    /** Adds the state of a subsystem that has none here yet. */
    synchronized void put(Subsystem subsystem, Object state) {
        Object[] known = pairs;
        Object[] grown = Arrays.copyOf(known, known.length + 2);
        grown[known.length] = subsystem;
        grown[known.length + 1] = state;
        pairs = grown;
    }
}
