package io.corral.runtime.control;

import io.corral.runtime.accounting.ProcessClock;

import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;

/**
 * The CPUs that the process may use, and whether they are busy: because the process uses them, or
 * because others do. The tick asks. Where the kernel does not tell, only the process counts.
 */
final class Capacity {

    /** The part of the CPUs from which on they are busy. */
    private static final double BUSY = 0.9;

    /** The part from which on none is idle, as exactly as the kernel's clock ticks tell. */
    private static final double FULL = 0.97;

    private static final double MOSTLY_IDLE = 0.5;

    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int SAMPLES = 6;

    /** The quota is read again after so many samples. */
    private static final int QUOTA_SAMPLES = 200;

    private final long[] times = new long[SAMPLES];
    private final long[] cpuNanos = new long[SAMPLES];
    private final MachineCpu[] machine = new MachineCpu[SAMPLES];
    private int samples;
    private double cpus;
    private double used;

    Capacity() {
        this(Runtime.getRuntime().availableProcessors());
    }

    Capacity(double cpus) {
        this.cpus = cpus;
    }

    /**
     * Initializes the classes that a sample needs. One that fails at the first use, as on a full
     * heap, would fail for good.
     */
    static void initialize() {
        ProcessClock.cpuNanos();
        CpuQuotaOfProcess.cpus();
        MachineCpu.read();
    }

    /** Called by the tick. */
    void sample(long nowNanoTime) {
        int last = Math.floorMod(samples - 1, SAMPLES);
        if (samples > 0 && nowNanoTime - times[last] < SAMPLE_NANOS) {
            return;
        }
        if (samples % QUOTA_SAMPLES == 0) {
            cpus = Math.min(Runtime.getRuntime().availableProcessors(), CpuQuotaOfProcess.cpus());
        }
        int at = samples % SAMPLES;
        times[at] = nowNanoTime;
        cpuNanos[at] = ProcessClock.cpuNanos();
        machine[at] = MachineCpu.read();
        samples++;
        int first = samples < SAMPLES ? 0 : samples % SAMPLES;
        used = used(first, at);
    }

    /** The part of the CPUs that is used, by this process or by others. */
    private double used(int from, int to) {
        long elapsed = times[to] - times[from];
        if (elapsed <= 0) {
            return 0;
        }
        double own = (double) (cpuNanos[to] - cpuNanos[from]) / elapsed / cpus;
        return Math.max(own, machine[from].busyUntil(machine[to]));
    }

    /** Used by tests. */
    void used(double part) {
        used = part;
    }

    double cpus() {
        return cpus;
    }

    boolean isBusy() {
        return used >= BUSY;
    }

    /** Whether no CPU is idle, not even at times. */
    boolean isFull() {
        return used >= FULL;
    }

    boolean isMostlyIdle() {
        return used < MOSTLY_IDLE;
    }

    /** The ticks of all CPUs that the process may use, as the kernel counts them. */
    record MachineCpu(long busy, long idle) {

        private static final int IDLE = 4;
        private static final int IO_WAIT = 5;
        private static final int STEAL = 8;

        /** All values are 0 where there is no such file. */
        static MachineCpu read() {
            long busy = 0;
            long idle = 0;
            for (String line : KernelFile.lines("/proc/stat")) {
                if (!line.startsWith("cpu")) {
                    break;
                }
                StringTokenizer words = new StringTokenizer(line);
                String cpu = words.nextToken();
                if (cpu.length() > 3 && AllowedCpus.contain(cpu.substring(3))) {
                    for (int i = 1; words.hasMoreTokens() && i <= STEAL; i++) {
                        long ticks = Long.parseLong(words.nextToken());
                        if (i == IDLE || i == IO_WAIT) {
                            idle += ticks;
                        } else {
                            busy += ticks;
                        }
                    }
                }
            }
            return new MachineCpu(busy, idle);
        }

        /** The busy part of the time between two readings; 0 if it is unknown. */
        double busyUntil(MachineCpu later) {
            long all = later.busy - busy + later.idle - idle;
            return all <= 0 ? 0 : (double) (later.busy - busy) / all;
        }
    }
}
