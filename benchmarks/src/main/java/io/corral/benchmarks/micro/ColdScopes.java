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
 * they need is no longer in the caches next to the processor then. Beside them a reading of the CPU clock by the JDK's bean, and
 * nothing at all, under the same conditions. Prints the median nanoseconds of each; a scope's are of both its ends.
 */
public final class ColdScopes {

    /** As much as one of the service's requests allocates, or a little more. */
    private static final int OTHER_BYTES = 4 << 20;

    /** So that what is in between is a long stay under each policy. */
    private static final int PASSES = 3;

    private static final int CACHE_LINE = 64;

    /** So that all is compiled, by each compiler, before it counts: first with little other work. */
    private static final int WARM_UPS = 50_000;

    private static final int LITTLE = 1 << 10;
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
        scopes.medians(WARM_UPS, LITTLE);
        scopes.medians(TIMES, OTHER_BYTES);
        long[] medians = scopes.medians(TIMES, OTHER_BYTES);
        System.out.println("nothing=" + medians[0]);
        System.out.println("reading=" + medians[1]);
        System.out.println("scope=" + medians[2]);
        System.out.println("sum=" + scopes.sum);
    }

    private long[] medians(int times, int bytes) {
        long[] nothing = new long[times];
        long[] reading = new long[times];
        long[] scope = new long[times];
        for (int i = 0; i < times; i++) {
            nothing[i] = nothing(bytes);
            reading[i] = reading(bytes);
            scope[i] = scope(bytes);
        }
        return new long[] {median(nothing), median(reading), median(scope)};
    }

    private long nothing(int bytes) {
        work(bytes);
        long began = System.nanoTime();
        long ended = System.nanoTime();
        return ended - began;
    }

    private long reading(int bytes) {
        work(bytes);
        long began = System.nanoTime();
        long read = bean.getCurrentThreadCpuTime();
        long ended = System.nanoTime();
        sum += read;
        return ended - began;
    }

    private long scope(int bytes) {
        work(bytes);
        long began = System.nanoTime();
        Scope scope = container.enter();
        long entered = System.nanoTime() - began;
        work(bytes);
        began = System.nanoTime();
        scope.close();
        return entered + System.nanoTime() - began;
    }

    /** Ends with a look at the clock on the wall, so that this one is warm. */
    private void work(int bytes) {
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < bytes; i += CACHE_LINE) {
                sum += other[i]++;
            }
        }
        sum += System.nanoTime() & 1;
    }

    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }
}
