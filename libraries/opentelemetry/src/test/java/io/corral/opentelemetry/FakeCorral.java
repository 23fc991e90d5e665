package io.corral.opentelemetry;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;

/** A thread whose clocks and container the test sets. */
final class FakeCorral extends Corral {

    long cpuNanos;
    long allocatedBytes;
    long nanoTime;
    Container home = Containers.root();
    Container current = home;
    int readings;

    @Override
    Usage usage() {
        readings++;
        long none = Usage.UNKNOWN;
        return new Usage(
                cpuNanos, none, allocatedBytes, none, none, none, none, none, none, none, none);
    }

    @Override
    Container current() {
        return current;
    }

    @Override
    Container home() {
        return home;
    }

    @Override
    long nanoTime() {
        return nanoTime;
    }

    void uses(long cpuNanos, long bytes) {
        this.cpuNanos += cpuNanos;
        allocatedBytes += bytes;
    }
}
