package io.corral.spans;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;

/** What is asked of Corral for the calling thread. Loaded only if its API is there. */
public class ThreadReadings {

    /** The usage of the calling thread. */
    public Usage usage() {
        return Containers.currentThreadUsage();
    }

    /** The container in which the calling thread works. */
    public Container current() {
        return Containers.current();
    }

    /** The container of which the calling thread is a member. */
    public Container home() {
        return Containers.of(Thread.currentThread());
    }

    /** A clock that never goes back. */
    public long nanoTime() {
        return System.nanoTime();
    }
}
