package io.corral.benchmarks.growth;

import io.corral.Container;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * What a recording with JFR's default settings costs while one container of a hundred is used each
 * second. It records with Corral's events and without them.
 */
final class RecordingCost {

    /** The property that JFR sets to the folder of its chunks. */
    private static final String REPOSITORY = "jdk.jfr.repository";

    private static final String CORRAL = "corral.";

    /** Corral takes a thread of this name for the one that begins a new chunk by itself. */
    private static final String ROTATING_THREAD = "JFR Periodic Tasks";

    private static final int SETTLING_SECONDS = 4;
    private static final int SECONDS = 10;
    private static final int STEPS_IN_SECOND = 10;
    private static final int ROTATIONS = 5;
    private static final int USED_ONE_IN = 100;

    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** The wall milliseconds until the recording ran. */
    final double beginMillis;

    /** Of the process, for each second. */
    final double cpuNanos;

    /** Written to disk each second. */
    final double bytes;

    /** The wall milliseconds of the beginning of a new chunk, in the best of some. */
    final double rotationMillis;

    private final List<Container> containers;
    private int next;

    RecordingCost(List<Container> containers, boolean ofCorral)
            throws IOException, ParseException, InterruptedException {
        this.containers = containers;
        try (Recording recording = new Recording(Configuration.getConfiguration("default"))) {
            if (!ofCorral) {
                for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
                    if (type.getName().startsWith(CORRAL)) {
                        recording.disable(type.getName());
                    }
                }
            }
            beginMillis = millis(recording::start);
            use(SETTLING_SECONDS);
            long beganBytes = written();
            long beganCpu = PROCESS.getProcessCpuTime();
            use(SECONDS);
            cpuNanos = (PROCESS.getProcessCpuTime() - beganCpu) / (double) SECONDS;
            bytes = (written() - beganBytes) / (double) SECONDS;
            double best = Double.MAX_VALUE;
            for (int i = 0; i < ROTATIONS; i++) {
                use(1);
                best = Math.min(best, rotate());
            }
            rotationMillis = best;
        }
    }

    /** Uses one container of a hundred in each second, at least one. */
    private void use(int seconds) throws InterruptedException {
        int each = Math.max(containers.size() / USED_ONE_IN / STEPS_IN_SECOND, 1);
        for (int step = 0; step < seconds * STEPS_IN_SECOND; step++) {
            for (int i = 0; i < each; i++) {
                containers.get(next).run(Thread::onSpinWait);
                next = (next + 1) % containers.size();
            }
            TimeUnit.MILLISECONDS.sleep(1_000 / STEPS_IN_SECOND);
        }
    }

    /** Half the time of a second recording's start and stop, each of which begins a new chunk. */
    private static double rotate() throws InterruptedException {
        AtomicLong nanos = new AtomicLong();
        Thread thread = new Thread(
                () -> {
                    long begin = System.nanoTime();
                    try (Recording second = new Recording()) {
                        second.start();
                        second.stop();
                    }
                    nanos.set(System.nanoTime() - begin);
                },
                ROTATING_THREAD);
        thread.start();
        thread.join();
        return nanos.get() / 2e6;
    }

    private static double millis(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    private static long written() throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty(REPOSITORY, "")))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }
}
