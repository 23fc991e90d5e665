package io.corral.runtime.thread;

import org.jspecify.annotations.Nullable;

/** A change that is told once. */
abstract class TellingEvent {

    /** The one that is told after it. Guarded by the lock of its {@link Telling}. */
    @Nullable TellingEvent next;

    /** Runs without a lock, on the thread that tells. */
    abstract void tell(Telling telling);
}
