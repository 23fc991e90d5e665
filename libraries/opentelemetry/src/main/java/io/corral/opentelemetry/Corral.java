package io.corral.opentelemetry;

import io.corral.Containers;
import io.corral.spans.ThreadReadings;

/** Corral's agent. Loaded only if its API is there. */
final class Corral {

    private Corral() {}

    static boolean isActive() {
        return Containers.isActive();
    }

    /** Follows what threads enter from now on. */
    static OpenSpans openSpans() {
        OpenSpans spans = new OpenSpans(new ThreadReadings());
        Containers.register(new EnteredContainers(spans));
        return spans;
    }
}
