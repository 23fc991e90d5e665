package io.corral.report.waits;

import io.corral.report.samples.LongList;
import io.corral.report.samples.Samples;
import io.corral.report.samples.Samples.SampledThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The waits of a recording, in the order of the file. */
public final class Waits {

    /** The time is the middle of the wait, and the weight its nanoseconds. */
    private final Samples samples = new Samples("waits");

    private final List<WaitKind> kinds = new ArrayList<>();
    private final LongList subjects = new LongList();
    private final LongList bytes = new LongList();

    /** The ID of the thread that held the monitor, or -1. */
    private final LongList holders = new LongList();

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Long, SampledThread> holderThreads = new HashMap<>();

    /**
     * One wait.
     *
     * @param begin nanoseconds since the epoch
     * @param nanos 0 for an exception
     * @param subject what was waited for; empty if it is not known
     * @param holder the thread that held the monitor, if that is known
     */
    record Wait(
            WaitKind kind,
            long begin,
            long nanos,
            String subject,
            long bytes,
            @Nullable SampledThread holder) {}

    void add(Wait wait, SampledThread thread, int stack) {
        // At its ends a wait may be next to a switch, and clocks are rounded.
        samples.add(wait.begin() + wait.nanos() / 2, thread, stack, wait.nanos());
        kinds.add(wait.kind());
        subjects.add(numbers.computeIfAbsent(wait.subject(), unseen -> {
            names.add(wait.subject());
            return names.size() - 1;
        }));
        bytes.add(wait.bytes());
        SampledThread holder = wait.holder();
        if (holder != null) {
            holderThreads.putIfAbsent(holder.id(), holder);
        }
        holders.add(holder == null ? -1 : holder.id());
    }

    /** The waits as samples: the time is the middle of the wait, and the weight its nanoseconds. */
    public Samples samples() {
        return samples;
    }

    public int size() {
        return samples.size();
    }

    public WaitKind kind(int wait) {
        return kinds.get(wait);
    }

    /** Nanoseconds since the epoch. */
    public long begin(int wait) {
        return samples.nanos(wait) - samples.weight(wait) / 2;
    }

    /** What was waited for; empty if it is not known. */
    public String subject(int wait) {
        return names.get((int) subjects.get(wait));
    }

    public long bytes(int wait) {
        return bytes.get(wait);
    }

    /** The thread that held the monitor, or null. */
    public @Nullable SampledThread holder(int wait) {
        long id = holders.get(wait);
        return id < 0 ? null : Objects.requireNonNull(holderThreads.get(id));
    }
}
