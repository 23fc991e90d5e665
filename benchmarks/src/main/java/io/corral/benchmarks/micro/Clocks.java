package io.corral.benchmarks.micro;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** The base of scopes: what an application would read by hand before and after a piece of work. */
public class Clocks extends AgentChecked {

    private final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Benchmark
    public void readTwice(Blackhole sink) {
        sink.consume(bean.getCurrentThreadCpuTime());
        sink.consume(bean.getCurrentThreadAllocatedBytes());
        sink.consume(bean.getCurrentThreadCpuTime());
        sink.consume(bean.getCurrentThreadAllocatedBytes());
    }
}
