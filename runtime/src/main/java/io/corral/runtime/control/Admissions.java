package io.corral.runtime.control;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that have begun, or wait at a door. */
final class Admissions {

    private static final Set<Admission> OPEN = ConcurrentHashMap.newKeySet();

    private Admissions() {}

    static void add(Admission request) {
        OPEN.add(request);
    }

    static void remove(Admission request) {
        OPEN.remove(request);
    }

    static boolean isEmpty() {
        return OPEN.isEmpty();
    }

    /** For the tick. Weakly consistent. */
    static Iterable<Admission> open() {
        return OPEN;
    }
}
