package io.corral.report.samples;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The samples of one kind, in the order of the file. */
public final class Samples {

    private final String event;
    private final LongList times = new LongList();
    private final LongList threads = new LongList();
    private final LongList stacks = new LongList();
    private final LongList weights = new LongList();
    private final Map<Long, SampledThread> known = new HashMap<>();

    /** @param event the name of the samples' events */
    public Samples(String event) {
        this.event = event;
    }

    /** A thread that was sampled. */
    public record SampledThread(long id, String name, boolean isVirtual) {}

    /**
     * Adds a sample.
     *
     * @param nanos nanoseconds since the epoch
     * @param stack the node of the innermost call, in the stack table
     * @param weight 1, or the bytes that an allocation stands for
     */
    public void add(long nanos, SampledThread thread, int stack, long weight) {
        times.add(nanos);
        threads.add(thread.id());
        stacks.add(stack);
        weights.add(weight);
        known.putIfAbsent(thread.id(), thread);
    }

    /** The name of the samples' events. */
    public String event() {
        return event;
    }

    public int size() {
        return times.size();
    }

    public long nanos(int sample) {
        return times.get(sample);
    }

    public SampledThread thread(int sample) {
        return Objects.requireNonNull(known.get(threads.get(sample)));
    }

    public int stack(int sample) {
        return (int) stacks.get(sample);
    }

    public long weight(int sample) {
        return weights.get(sample);
    }
}
