package io.corral.benchmarks.micro;

import com.sun.management.ThreadMXBean;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.benchmarks.Expectation;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What {@code enter} and {@code close} take of a thread that does much else in between, as one does that works off requests: what
 * they need is no longer in the caches next to the processor then. Beside them a reading of the CPU clock, under the same
 * conditions. Prints the median nanoseconds of each.
 */
public final class ColdScopes {

    /** As much as one of the service's requests allocates, or a little more. */
    private static final int OTHER_BYTES = 4 << 20;

    private static final int CACHE_LINE = 64;

    /** So that what is in between is a long stay under each policy. */
    private static final int PASSES = 3;

    private static final int WARM_UPS = 400_000;
    private static final int TIMES = 1_500;

    private final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Container container = Containers.at("/bench/cold");
    private final byte[] other = new byte[OTHER_BYTES];

    /** Of all that was read and written, so that no compiler leaves it out. */
    private long sum;

    private ColdScopes() {}

    public static void main(String[] arguments) {
        Expectation.check();
        ColdScopes scopes = new ColdScopes();
        // Compiled first as it is called all the time, and then as it is called here.
        scopes.measure(WARM_UPS, 0);
        scopes.measure(TIMES, OTHER_BYTES);
        long[][] nanos = scopes.measure(TIMES, OTHER_BYTES);
        System.out.println("reading=" + median(nanos[0]));
        System.out.println("scope=" + median(nanos[1]));
        System.out.println("sum=" + scopes.sum);
    }

    private long[][] measure(int times, int bytes) {
        long[][] nanos = new long[2][times];
        for (int i = 0; i < times; i++) {
            long began = afterOtherWork(bytes);
            sum += bean.getCurrentThreadCpuTime();
            nanos[0][i] = System.nanoTime() - began;
            began = afterOtherWork(bytes);
            Scope scope = container.enter();
            nanos[1][i] = System.nanoTime() - began;
            began = afterOtherWork(bytes);
            scope.close();
            nanos[1][i] += System.nanoTime() - began;
        }
        return nanos;
    }

    /** The time, by a clock that is warm. */
    private long afterOtherWork(int bytes) {
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < bytes; i += CACHE_LINE) {
                sum += other[i]++;
            }
        }
        sum += System.nanoTime() & 1;
        return System.nanoTime();
    }

    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }
}
