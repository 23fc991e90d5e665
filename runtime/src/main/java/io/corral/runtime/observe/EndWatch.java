package io.corral.runtime.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what the kernel says a thread has used, again and again until the kernel knows it no more.
 * Linux only.
 */
final class EndWatch {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Of the look that finds the thread gone, which throws; else something came between. */
    private static final long LONGEST_LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Of whoever looks. */
    private static final File OWN_TASK = new File("/proc/thread-self");

    /** In its status, before numbers and ranges of them. */
    private static final String ALLOWED_CPUS = "Cpus_allowed_list:";

    private final File task;
    private long cpuNanos;
    private long endNanos;

    private EndWatch(File task) {
        this.task = task;
    }

    /**
     * Whether the kernel shows its threads, and lets the calling one's be on two CPUs: on one the end of a thread is
     * never seen as it comes.
     */
    static boolean isPossible() {
        return OWN_TASK.exists() && hasSeveralCpus(new File(OWN_TASK, "status"));
    }

    /**
     * By its affinity, since {@link Runtime#availableProcessors} may be 1 where a share of several CPUs is what a
     * container has.
     *
     * @return true where it can't be told
     */
    static boolean hasSeveralCpus(File status) {
        try (BufferedReader lines = new BufferedReader(new FileReader(status, US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(ALLOWED_CPUS)) {
                    return line.indexOf('-') >= 0 || line.indexOf(',') >= 0;
                }
            }
        } catch (IOException untold) {
            // As where it has no such line.
        }
        return true;
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
     * @param begun called when the watch is on
     * @return whether the end was seen as it came
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

    /** Nanoseconds on a CPU, by the last look. */
    long cpuNanos() {
        return cpuNanos;
    }

    /** When the thread was gone, by {@link System#nanoTime()}. */
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
