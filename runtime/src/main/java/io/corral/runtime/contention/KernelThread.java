package io.corral.runtime.contention;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The numbers that Linux shows of one thread of this process. Not thread-safe. */
final class KernelThread {

    /** Its files; each is named by the kernel's ID of a thread. */
    static final String ALL = "/proc/self/task";

    /** Enough for three numbers. */
    private static final int MOST_BYTES = 80;

    private final String id;
    private long cpuNanos;
    private long delayNanos;

    KernelThread(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** CPU time, as of the last {@link #read}; while the thread runs, it can be some ms late. */
    long cpuNanos() {
        return cpuNanos;
    }

    /** How long the thread was ready and had no CPU, as of the last {@link #read}. */
    long delayNanos() {
        return delayNanos;
    }

    /** @return whether it could be read */
    boolean read() {
        try (InputStream in = new FileInputStream(ALL + "/" + id + "/schedstat")) {
            return parse(in.readNBytes(MOST_BYTES));
        } catch (IOException | SecurityException ended) {
            return false;
        }
    }

    private boolean parse(byte[] text) {
        long[] numbers = new long[2];
        int at = 0;
        for (int i = 0; i < text.length && at < numbers.length; i++) {
            if (text[i] == ' ') {
                at++;
            } else if (text[i] >= '0' && text[i] <= '9') {
                numbers[at] = 10 * numbers[at] + text[i] - '0';
            } else {
                return false;
            }
        }
        cpuNanos = numbers[0];
        delayNanos = numbers[1];
        return at == numbers.length;
    }
}
