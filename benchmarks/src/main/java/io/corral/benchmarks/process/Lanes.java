package io.corral.benchmarks.process;

import io.corral.benchmarks.Cpu;
import io.corral.benchmarks.Jdk;

import java.io.IOException;
import java.util.List;

/** Two CPUs with a load generator on each, for two services at a time. */
final class Lanes implements AutoCloseable {

    static final int COUNT = 2;

    private final List<Cpu> cpus;
    private final LoadJvm one;
    private final LoadJvm other;

    /** @throws IOException if processes can't be put on CPUs here, or there are not two */
    Lanes(Jdk jdk, String classPath) throws IOException {
        cpus = Cpu.lastTwo("CORRAL_BENCH_PAIRS");
        one = new LoadJvm(cpu(0).prefix(), jdk, classPath);
        try {
            other = new LoadJvm(cpu(1).prefix(), jdk, classPath);
        } catch (IOException e) {
            one.close();
            throw e;
        }
    }

    Cpu cpu(int lane) {
        return cpus.get(lane);
    }

    LoadJvm load(int lane) {
        return lane == 0 ? one : other;
    }

    @Override
    public void close() throws IOException {
        try (LoadJvm first = one;
                LoadJvm second = other) {
            // Both end, whatever the first says.
        }
    }
}
