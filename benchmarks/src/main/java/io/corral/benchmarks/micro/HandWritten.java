package io.corral.benchmarks.micro;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What data systems write where they want a request's usage: a bean's readings before and after. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class HandWritten {

    private final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final LongAdder cpuNanos = new LongAdder();
    private final LongAdder allocatedBytes = new LongAdder();

    @Benchmark
    public void cpuAndAllocation() {
        long cpu = bean.getCurrentThreadCpuTime();
        long allocated = bean.getCurrentThreadAllocatedBytes();
        cpuNanos.add(bean.getCurrentThreadCpuTime() - cpu);
        allocatedBytes.add(bean.getCurrentThreadAllocatedBytes() - allocated);
    }

    /** A reading of the CPU clock, which costs a system call. */
    @Benchmark
    public long cpu() {
        return bean.getCurrentThreadCpuTime();
    }

    @Benchmark
    public long allocation() {
        return bean.getCurrentThreadAllocatedBytes();
    }

    @Benchmark
    public long nanoTime() {
        return System.nanoTime();
    }
}
