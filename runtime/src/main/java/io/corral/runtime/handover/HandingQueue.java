package io.corral.runtime.handover;

import org.jspecify.annotations.Nullable;

/** A queue of the JDK's whose nodes are {@link TaskHolder}s, and that says which of them was taken out, and who is about to wait. */
public interface HandingQueue {

    /** Null for a queue that was read from a stream. */
    @Nullable VirtualWorkers corral$workers();
}
