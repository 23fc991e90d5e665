package io.corral.benchmarks.accuracy;

import com.sun.management.OperatingSystemMXBean;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.benchmarks.accuracy.Worker.Gates;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One mix, once: a fixed amount of work, and its split by Corral and by the truth. */
final class Run {

    /** So long threads come to rest, before and after. */
    private static final long REST_NANOS = 10_000_000;

    /** So much longer than asked a wait takes, about. */
    private static final int EXTRA_MICROS = 30;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Mix mix;
    private final Kind kind;
    private final long micros;
    private final SplittableRandom random;
    private final Pacer pacer;
    private final List<Container> containers = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Ledgers ledgers;

    Run(Mix mix, Kind kind, long micros, SplittableRandom random) {
        this.mix = mix;
        this.kind = kind;
        this.micros = micros;
        this.random = random;
        this.pacer = new Pacer(random.split());
        Container root = Containers.at("/" + kind + "/" + mix);
        mix.parts.forEach(part -> containers.add(root.at(part.container())));
        containers.add(root.at(Split.HOME));
        this.ledgers = new Ledgers(containers.size());
    }

    List<Split> splits() {
        int cores = Runtime.getRuntime().availableProcessors();
        int count = kind.threads(mix, cores);
        AtomicLong units =
                new AtomicLong(mix.units(micros, kind.workers(mix, cores), cores, EXTRA_MICROS));
        Gates gates = new Gates(count);
        Batons batons = new Batons(mix, count / mix.parts.size(), threads);
        for (int i = 0; i < count; i++) {
            start(worker(i, units, gates, batons));
        }
        await(gates.ready());
        TimerSlack.lower();
        LockSupport.parkNanos(REST_NANOS);
        List<Usage> before = usages();
        long own = Ledgers.ownCpuNanos();
        long process = SYSTEM.getProcessCpuTime();
        gates.go().countDown();
        if (kind == Kind.ONE_CARRIER) {
            pacer.run(threads, micros / Pacer.MEAN_MICROS);
        }
        await(gates.done());
        LockSupport.parkNanos(REST_NANOS);
        process = SYSTEM.getProcessCpuTime() - process - (Ledgers.ownCpuNanos() - own);
        List<Usage> after = usages();
        gates.end().countDown();
        return splits(before, after, process);
    }

    private Worker worker(int i, AtomicLong units, Gates gates, Batons batons) {
        SplittableRandom its = random.split();
        return switch (kind) {
            case SCOPES, VIRTUAL_SCOPES ->
                new ScopeWorker(mix, containers, kind.isVirtual, ledgers, units, gates, its);
            case MEMBERS -> {
                int part = i / batons.count();
                yield new MemberWorker(
                        mix.parts.get(part), part, i, batons, ledgers, units, gates, its);
            }
            case ONE_CARRIER ->
                new PacedWorker(mix.parts.get(i), i, pacer.turn, ledgers, gates, its);
        };
    }

    private void start(Worker worker) {
        Thread thread = Threads.unstarted(kind.isVirtual, worker);
        workers.add(worker);
        threads.add(thread);
        containers.get(worker.home()).start(thread);
    }

    private List<Usage> usages() {
        return containers.stream().map(Container::usage).toList();
    }

    private List<Split> splits(List<Usage> before, List<Usage> after, long process) {
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            splits.add(new Split(
                    mix,
                    containers.get(i).name(),
                    after.get(i).cpuNanos() - before.get(i).cpuNanos(),
                    ledgers.cpuNanos(i),
                    after.get(i).apportionedCpuNanos() - before.get(i).apportionedCpuNanos(),
                    ledgers.residencies(i),
                    process));
        }
        return splits;
    }

    /** How long a wait really took, in microseconds; 0 if there was none. */
    double meanWaitMicros() {
        long waits = workers.stream().mapToLong(Worker::waits).sum();
        return waits == 0
                ? 0
                : workers.stream().mapToLong(Worker::waitNanos).sum() / 1_000.0 / waits;
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
