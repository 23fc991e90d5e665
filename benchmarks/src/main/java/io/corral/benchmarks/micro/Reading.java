package io.corral.benchmarks.micro;

import com.sun.management.ThreadMXBean;
import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The usage of a container that many parked threads are members of. They end with the JVM. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class Reading {

    /** How many platform threads there are. */
    public static final String PLATFORM = "bench.platform";

    /** How many virtual threads there are. */
    public static final String VIRTUAL = "bench.virtual";

    private final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Container container = Containers.at("/bench/read");
    private final long[] ids = new long[Integer.getInteger(PLATFORM, 0)];

    @Setup
    public void start() throws InterruptedException {
        int virtual = Integer.getInteger(VIRTUAL, 0);
        CountDownLatch running = new CountDownLatch(ids.length + virtual);
        Runnable task = () -> {
            running.countDown();
            while (true) {
                LockSupport.park();
            }
        };
        try (Scope scope = container.enter()) {
            for (int i = 0; i < ids.length; i++) {
                Thread thread = new Thread(null, task, "parked-" + i, 1 << 16);
                thread.setDaemon(true);
                thread.start();
                ids[i] = thread.getId();
            }
            for (int i = 0; i < virtual; i++) {
                VirtualThreads.start(task);
            }
        }
        running.await();
        // Else the collector would copy the threads about while it is measured.
        System.gc();
    }

    @Benchmark
    public Usage container() {
        return container.usage();
    }

    @Benchmark
    public Usage root() {
        return Containers.root().usage();
    }

    /** What one does without Corral: the platform threads only, and the live ones only. */
    @Benchmark
    public void byHand(Blackhole sink) {
        sink.consume(bean.getThreadCpuTime(ids));
        sink.consume(bean.getThreadAllocatedBytes(ids));
    }
}
