package io.corral.runtime.observe;

import io.corral.Usage;
import io.corral.runtime.membership.Members;
import io.corral.runtime.membership.PlatformMember;
import io.corral.runtime.placement.CorralThread;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that ends while another watches what the kernel says it has used, until it is gone. What
 * it had used by then, less what its exit hook has charged, is what nobody charges. Both must be on a
 * CPU meanwhile, so they wait for each other busily, and not for long.
 */
final class TeardownProbe implements Runnable {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** From the watcher's first look to the exit hook's reading, and from the end to its being seen. */
    private static final long WAY_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Written by the probe before {@link #nativeId}. */
    private @Nullable PlatformMember member;

    private volatile @Nullable String nativeId;

    private volatile boolean watched;

    /** @return nanoseconds, or {@link Usage#UNKNOWN} if the end was not seen as it was */
    long measure() throws InterruptedException {
        Thread probe = new CorralThread("corral-teardown-probe", this);
        probe.start();
        long used = -1;
        long watchedNanos = 0;
        String id = awaitNativeId();
        if (id != null) {
            try (RandomAccessFile schedstat =
                    new RandomAccessFile("/proc/self/task/" + id + "/schedstat", "r")) {
                long begin = System.nanoTime();
                watched = true;
                used = usedAtEnd(schedstat);
                watchedNanos = System.nanoTime() - begin;
            } catch (IOException notHere) {
                // No Linux, or one that does not say; or the probe's patience was at an end.
            }
        }
        watched = true;
        probe.join();
        PlatformMember ended = member;
        return ended == null
                ? Usage.UNKNOWN
                : believable(used - ended.meter().chargedCpuNanos(), watchedNanos);
    }

    /** If one of the two was off its CPU for long, the last look was not at the end. */
    private static long believable(long uncharged, long watchedNanos) {
        boolean together = uncharged > 0 && watchedNanos < 2 * uncharged + WAY_NANOS;
        return together ? uncharged : Usage.UNKNOWN;
    }

    private @Nullable String awaitNativeId() {
        String id = nativeId;
        for (long begin = System.nanoTime(); id == null && isPatient(begin); id = nativeId) {
            Thread.onSpinWait();
        }
        return id;
    }

    private static boolean isPatient(long begin) {
        return System.nanoTime() - begin < PATIENCE_NANOS;
    }

    /** Nanoseconds on a CPU, by the last look before the thread was gone; -1 if that took too long. */
    private static long usedAtEnd(RandomAccessFile schedstat) {
        byte[] text = new byte[64];
        long used = -1;
        try {
            for (long begin = System.nanoTime(); isPatient(begin); ) {
                schedstat.seek(0);
                int length = schedstat.read(text);
                if (length <= 0) {
                    return used;
                }
                used = firstNumber(text, length);
            }
            return -1;
        } catch (IOException gone) {
            return used;
        }
    }

    private static long firstNumber(byte[] text, int length) {
        long number = 0;
        for (int i = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    @Override
    public void run() {
        try {
            member = Members.known(Thread.currentThread());
            nativeId = new File("/proc/thread-self").getCanonicalFile().getName();
        } catch (IOException noLinux) {
            return;
        }
        for (long begin = System.nanoTime(); !watched && isPatient(begin); ) {
            Thread.onSpinWait();
        }
    }
}
