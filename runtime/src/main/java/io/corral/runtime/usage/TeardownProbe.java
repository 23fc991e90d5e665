package io.corral.runtime.usage;

import io.corral.Usage;
import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.notice.CorralThread;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread, the end of which another thread watches. Its teardown is the CPU time that the kernel
 * has counted for it, minus what was charged up to its exit hook. The measurement counts only if
 * the wall time agrees: then the thread was on a CPU all the time, and the last read was at its
 * end.
 */
final class TeardownProbe implements Runnable {

    private static final long PATIENCE_MILLIS = 100;

    /** How far the two clocks may be apart. */
    private static final long TOLERANCE_NANOS = TimeUnit.MICROSECONDS.toNanos(15);

    /** Counted down on the probe thread. */
    private final CountDownLatch started = new CountDownLatch(1);

    private final CountDownLatch watched = new CountDownLatch(1);

    /** These two are written before {@link #started}; null where this can't be measured. */
    private @Nullable PlatformMember member;

    private @Nullable EndWatch watch;

    /** These two are written as the thread ends, read after the join. */
    private long cpuNanosBefore;

    private long wallNanosBefore;

    /** @return nanoseconds, or {@link Usage#UNKNOWN} if the end was not observed exactly */
    long measure() throws InterruptedException {
        Thread probe = new CorralThread("corral-teardown-probe", this);
        probe.start();
        boolean seen = false;
        try {
            if (started.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && watch != null) {
                seen = watch.untilTheEnd(watched::countDown);
            }
        } finally {
            watched.countDown();
        }
        probe.join();
        return seen && watch != null && member != null
                ? validTeardown(watch, member.meter().chargedCpuNanos())
                : Usage.UNKNOWN;
    }

    /** CPU nanoseconds that the probe's thread has used, as far as they were observed. */
    long usedNanos() {
        return watch == null ? 0 : watch.cpuNanos();
    }

    private long validTeardown(EndWatch seen, long charged) {
        long byKernel = seen.cpuNanos() - charged;
        long byWall = seen.endNanos() - wallNanosBefore - (charged - cpuNanosBefore);
        return byKernel > 0 && Math.abs(byWall - byKernel) <= TOLERANCE_NANOS + byKernel / 8
                ? byKernel
                : Usage.UNKNOWN;
    }

    @Override
    public void run() {
        member = Members.known(Thread.currentThread());
        watch = EndWatch.ofCurrentThread();
        started.countDown();
        try {
            watched.await();
        } catch (InterruptedException ended) {
            return;
        }
        cpuNanosBefore = JvmClocks.ownCpuNanos();
        wallNanosBefore = System.nanoTime();
    }
}
