package io.corral.it.support;

import io.corral.Container;
import io.corral.Usage;

/** The counts of a container's usage, without what it has used. */
public record Counts(long members, long forks, long exits) {

    /** Of the container itself, without what is below it. */
    public static Counts of(Container container) {
        Usage usage = container.ownUsage();
        return new Counts(usage.threads() + usage.virtualThreads(), usage.forks(), usage.exits());
    }
}
