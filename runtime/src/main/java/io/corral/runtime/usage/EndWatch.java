package io.corral.runtime.usage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CPU time of a thread from the kernel repeatedly, until the thread is gone. Linux only.
 */
final class EndWatch {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * The longest duration of the last read, which throws because the thread is gone. A longer one
     * was interrupted.
     */
    private static final long LONGEST_LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** The calling thread's folder. */
    private static final File OWN_TASK = new File("/proc/thread-self");

    /** The line in the status file. It may list CPUs that are not present. */
    private static final String ALLOWED = "Cpus_allowed_list:";

    private static final File ONLINE = new File("/sys/devices/system/cpu/online");

    private final File task;
    private long cpuNanos;
    private long endNanos;

    private EndWatch(File task) {
        this.task = task;
    }

    /**
     * Whether the end of a probe can be observed: the kernel shows threads, and the calling thread
     * may run on two CPUs. The probes inherit its affinity.
     *
     * <p>This does not use {@link Runtime#availableProcessors}, which may be 1 if a Linux container
     * has a share of several CPUs.
     */
    static boolean isPossible() {
        return OWN_TASK.exists()
                && hasSeveralCpus(cpusIn(new File(OWN_TASK, "status"), ALLOWED))
                && hasSeveralCpus(cpusIn(ONLINE, ""));
    }

    /**
     * The rest of the first line that begins with {@code begin}: a list of CPUs and ranges of CPUs.
     * Null if there is no such line.
     */
    static @Nullable String cpusIn(File file, String begin) {
        try (BufferedReader lines = new BufferedReader(new FileReader(file, US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(begin)) {
                    return line.substring(begin.length()).trim();
                }
            }
        } catch (IOException untold) {
            // Treated like a file without such a line.
        }
        return null;
    }

    /** Whether there are at least two CPUs; true if that is unknown. */
    static boolean hasSeveralCpus(@Nullable String cpus) {
        return cpus == null || cpus.indexOf('-') >= 0 || cpus.indexOf(',') >= 0;
    }

    /** Null where the kernel does not show its threads. */
    static @Nullable EndWatch ofCurrentThread() {
        try {
            String id = OWN_TASK.getCanonicalFile().getName();
            File task = new File("/proc/self/task", id);
            return new File(task, "schedstat").canRead() ? new EndWatch(task) : null;
        } catch (IOException notHere) {
            return null;
        }
    }

    /**
     * @param begun called when the watch has begun
     * @return whether the end was observed without a delay
     */
    boolean untilTheEnd(Runnable begun) {
        byte[] text = new byte[64];
        long look = 0;
        try (RandomAccessFile schedstat = new RandomAccessFile(new File(task, "schedstat"), "r")) {
            begun.run();
            long begin = System.nanoTime();
            for (look = begin; look - begin < PATIENCE_NANOS; look = System.nanoTime()) {
                schedstat.seek(0);
                cpuNanos = firstNumber(text, schedstat.read(text));
            }
            return false;
        } catch (IOException gone) {
            endNanos = look;
            return System.nanoTime() - look < LONGEST_LOOK_NANOS;
        }
    }

    /** Nanoseconds on a CPU, as of the last read. */
    long cpuNanos() {
        return cpuNanos;
    }

    /** The time when the thread was gone, by {@link System#nanoTime()}. */
    long endNanos() {
        return endNanos;
    }

    private static long firstNumber(byte[] text, int length) {
        long number = 0;
        for (int i = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }
}
