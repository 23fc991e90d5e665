package io.corral.report.usage;

/** What a container, with those below it, has used over time. */
public final class ContainerHistory {

    private final String path;
    final Counter cpu = new Counter();
    final Counter allocated = new Counter();
    final Counter forks = new Counter();
    final Counter queued = new Counter();
    private long latest = Long.MIN_VALUE;
    private long threads;
    private long virtualThreads;
    private boolean isCreated;
    private boolean isRemoved;

    ContainerHistory(String path) {
        this.path = path;
    }

    /** A reading of the totals. */
    public void at(long nanos, long cpuNanos, long allocatedBytes, long forked) {
        cpu.at(nanos, cpuNanos);
        allocated.at(nanos, allocatedBytes);
        forks.at(nanos, forked);
    }

    /** A reading of the time in which ready threads and tasks have waited. */
    public void queued(long nanos, long queuedNanos) {
        queued.at(nanos, queuedNanos);
    }

    /** The live threads of both kinds. */
    public void threads(long nanos, long platform, long virtual) {
        if (nanos >= latest) {
            latest = nanos;
            threads = platform;
            virtualThreads = virtual;
            isRemoved = false;
        }
    }

    /** The container was made during the recording, so it began at 0. */
    public void created() {
        isCreated = true;
    }

    public void removed(long nanos) {
        threads(nanos, 0, 0);
        isRemoved = true;
    }

    public String path() {
        return path;
    }

    /** At the end of the recording. */
    public long threads() {
        return threads;
    }

    public long virtualThreads() {
        return virtualThreads;
    }

    /** Threads of both kinds that were born during the recording. */
    public long forked() {
        return (long) forks.growth(isCreated);
    }

    public boolean isRemoved() {
        return isRemoved;
    }

    boolean isCreated() {
        return isCreated;
    }
}
