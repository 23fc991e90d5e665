package io.corral.integration.support;

import io.corral.Container;
import io.corral.Usage;

/** The counts in a container's usage, without CPU time and allocation. */
public record ThreadCounts(long members, long forks, long exits) {

    /** The counts of the container itself, without those below it. */
    public static ThreadCounts of(Container container) {
        Usage usage = container.ownUsage();
        return new ThreadCounts(
                usage.threads() + usage.virtualThreads(), usage.forks(), usage.exits());
    }
}
