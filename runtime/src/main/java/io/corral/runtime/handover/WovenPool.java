package io.corral.runtime.handover;

import java.util.Collection;

/** A {@code ThreadPoolExecutor} whose class was woven when it was loaded. */
public interface WovenPool {

    /** The queue of waiting tasks. A subclass may override the pool's own getter. */
    Collection<?> corral$queue();
}
