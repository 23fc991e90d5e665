package io.corral.opentelemetry;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.spans.ThreadReadings;

/** A thread whose clocks and container the test sets. */
final class FakeCorral extends ThreadReadings {

    long cpuNanos;
    long allocatedBytes;
    long nanoTime;
    Container home = Containers.root();
    Container current = home;
    int readings;

    @Override
    public Usage usage() {
        readings++;
        long none = Usage.UNKNOWN;
        return new Usage(
                cpuNanos, none, allocatedBytes, none, none, none, none, none, none, none, none);
    }

    @Override
    public Container current() {
        return current;
    }

    @Override
    public Container home() {
        return home;
    }

    @Override
    public long nanoTime() {
        return nanoTime;
    }

    void uses(long cpuNanos, long bytes) {
        this.cpuNanos += cpuNanos;
        allocatedBytes += bytes;
    }
}
