package io.corral.benchmarks.memory;

import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The JVM's own histogram of live objects, taken after a full collection.
 *
 * @param bytes the size of all objects
 * @param corralBytes the size of objects of Corral's classes and of arrays of them
 */
record LiveHeap(long bytes, long corralBytes) {

    /** A line has the number, instances, bytes and class. */
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)\\s*");
    private static final Pattern CORRAL =
            Pattern.compile("\\[*L?io\\.corral\\.(?!benchmarks\\.).*");

    private static final long PAUSE_NANOS = 20_000_000;

    /**
     * Counts until the heap no longer shrinks: the JVM drops an ended thread some time after its
     * join.
     */
    static LiveHeap atRest() throws JMException {
        LiveHeap heap = now();
        for (int unchanged = 0; unchanged < 2; unchanged++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            LiveHeap next = now();
            if (next.bytes < heap.bytes) {
                heap = next;
                unchanged = 0;
            }
        }
        return heap;
    }

    static LiveHeap now() throws JMException {
        return parse((String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()}));
    }

    static LiveHeap parse(String histogram) {
        long bytes = 0;
        long corralBytes = 0;
        for (String line : histogram.lines().toList()) {
            Matcher total = TOTAL.matcher(line);
            Matcher ofClass = LINE.matcher(line);
            if (total.matches()) {
                bytes = Long.parseLong(total.group(1));
            } else if (ofClass.matches() && CORRAL.matcher(ofClass.group(2)).matches()) {
                corralBytes += Long.parseLong(ofClass.group(1));
            }
        }
        if (bytes == 0) {
            throw new IllegalArgumentException("no total in\n" + histogram);
        }
        return new LiveHeap(bytes, corralBytes);
    }
}
