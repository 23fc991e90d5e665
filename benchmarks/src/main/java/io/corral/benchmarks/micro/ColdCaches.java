package io.corral.benchmarks.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Times what a thread does between much other work, as one does that works off requests: what it needs is no longer in the
 * caches next to the processor then.
 */
final class ColdCaches {

    /** As much as one of the service's requests allocates, or a little more. */
    private static final int OTHER_BYTES = 4 << 20;

    /** So that what is in between is a long stay under each policy. */
    private static final int PASSES = 3;

    private static final int CACHE_LINE = 64;

    /** So that all is compiled, by each compiler, before it counts: first with little other work. */
    private static final int WARM_UPS = 50_000;

    private static final int LITTLE = 1 << 10;
    private static final int TIMES = 1_500;

    private final byte[] other = new byte[OTHER_BYTES];
    private int bytes = LITTLE;

    /** Of all that was read and written, so that no compiler leaves it out. */
    private long sum;

    /** Takes its time itself, since much of what it does is other work. */
    interface Timed {
        /** @return nanoseconds */
        long once() throws IOException;
    }

    /** The other work. Ends with a look at the clock on the wall, so that this one is warm. */
    void empty() {
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < bytes; i += CACHE_LINE) {
                sum += other[i]++;
            }
        }
        sum += System.nanoTime() & 1;
    }

    void use(long value) {
        sum += value;
    }

    /** Prints the median nanoseconds of each, by its name. */
    void printMedians(Map<String, Timed> each) throws IOException {
        List<Timed> timed = new ArrayList<>(each.values());
        medians(timed, WARM_UPS);
        bytes = OTHER_BYTES;
        medians(timed, TIMES);
        long[] medians = medians(timed, TIMES);
        int next = 0;
        for (String name : each.keySet()) {
            System.out.println(name + "=" + medians[next++]);
        }
        System.out.println("sum=" + sum);
    }

    private static long[] medians(List<Timed> timed, int times) throws IOException {
        long[][] nanos = new long[timed.size()][times];
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < nanos.length; j++) {
                nanos[j][i] = timed.get(j).once();
            }
        }
        return Arrays.stream(nanos).mapToLong(ColdCaches::median).toArray();
    }

    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }
}
