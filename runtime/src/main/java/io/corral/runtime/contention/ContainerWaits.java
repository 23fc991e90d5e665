package io.corral.runtime.contention;

/** How long a container's ready threads have waited, and who ran meanwhile. */
final class ContainerWaits {

    /** Of the last seconds: older ones count less. */
    double recentNanos;

    final LargestParts recent = new LargestParts();

    /** Since the last event. */
    double unrecordedNanos;

    final LargestParts unrecorded = new LargestParts();

    void add(double nanos, boolean isRecorded) {
        recentNanos += nanos;
        if (isRecorded) {
            unrecordedNanos += nanos;
        }
    }

    void addOther(String path, double nanos, boolean isRecorded) {
        recent.add(path, nanos);
        if (isRecorded) {
            unrecorded.add(path, nanos);
        }
    }

    void scale(double factor) {
        recentNanos *= factor;
        recent.scale(factor);
    }
}
