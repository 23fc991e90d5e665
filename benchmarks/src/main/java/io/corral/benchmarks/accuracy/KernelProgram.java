package io.corral.benchmarks.accuracy;

import io.corral.Container;
import io.corral.Containers;
import io.corral.benchmarks.accuracy.Worker.Gates;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs in the forked JVM: a container and a group of the kernel's for each mix, all at once. The kernel
 * can't follow a thread into each scope; what the mix's containers hold together is compared.
 */
public final class KernelProgram {

    static final Set<Mix> MIXES = EnumSet.complementOf(EnumSet.of(Mix.RARE, Mix.IDLING));

    private static final long REST_NANOS = 20_000_000;

    private KernelProgram() {}

    /** {@code SEED MICROS}. */
    public static void main(String[] arguments) {
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[0]));
        long micros = Long.parseLong(arguments[1]);
        TimerSlack.lower();
        Work.micros(1);
        List<Beside> all = new ArrayList<>();
        Gates gates = new Gates(MIXES.size());
        try {
            for (Mix mix : MIXES) {
                all.add(new Beside(mix, micros, gates, random.split()));
            }
            await(gates.ready());
            LockSupport.parkNanos(REST_NANOS);
            all.forEach(Beside::begin);
            gates.go().countDown();
            await(gates.done());
            LockSupport.parkNanos(REST_NANOS);
            all.forEach(beside -> System.out.println(beside.split().line()));
            gates.end().countDown();
            all.forEach(Beside::join);
        } finally {
            all.forEach(beside -> beside.group.close());
        }
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** A thread in a container and in a group. */
    private static final class Beside {

        private final Mix mix;
        private final Container container;
        private final KernelGroup group;
        private final Thread thread;
        private long chargedNanos;
        private long kernelNanos;

        Beside(Mix mix, long micros, Gates gates, SplittableRandom random) {
            this.mix = mix;
            this.container = Containers.at("/KERNEL/" + mix);
            this.group = new KernelGroup("corral-" + mix);
            List<Container> containers = new ArrayList<>();
            mix.parts.forEach(part -> containers.add(container.at(part.container())));
            containers.add(container);
            AtomicLong units = new AtomicLong(mix.units(micros, 1, 1, 30));
            Worker worker = new ScopeWorker(
                    mix, containers, false, new Ledgers(containers.size()), units, gates, random);
            thread = Threads.unstarted(false, () -> {
                group.enter();
                worker.run();
            });
            container.start(thread);
        }

        void begin() {
            chargedNanos = container.usage().cpuNanos();
            kernelNanos = group.cpuNanos();
        }

        Split split() {
            long charged = container.usage().cpuNanos() - chargedNanos;
            long kernel = group.cpuNanos() - kernelNanos;
            return new Split(mix, "kernel", charged, kernel, 0, 0, kernel);
        }

        void join() {
            try {
                thread.join();
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        }
    }
}
