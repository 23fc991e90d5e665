package io.corral.opentelemetry;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;

/** What is asked of Corral. Loaded only if its API is there. */
class Corral {

    static boolean isActive() {
        return Containers.isActive();
    }

    /** Follows what threads enter from now on. */
    static OpenSpans openSpans() {
        OpenSpans spans = new OpenSpans(new Corral());
        Containers.register(new EnteredContainers(spans));
        return spans;
    }

    /** The usage of the calling thread. */
    Usage usage() {
        return Containers.currentThreadUsage();
    }

    /** The container in which the calling thread works. */
    Container current() {
        return Containers.current();
    }

    /** The container of which the calling thread is a member. */
    Container home() {
        return Containers.of(Thread.currentThread());
    }

    /** A clock that never goes back. */
    long nanoTime() {
        return System.nanoTime();
    }
}
