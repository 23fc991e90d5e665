package io.corral.integration.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Subsystem;
import io.corral.Usage;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The charges of real threads lie between two readings that each thread takes of its own clock. */
final class ConservationScenarios {

    private static final int THREADS = 300;
    private static final int MAX_THREADS = 10 * THREADS;

    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ConservationScenarios() {}

    @Scenario
    static void finalChargeIsBetweenTheThreadsReadingsAtTheEndOfRunAndInExit() {
        run("stays", Worker::burn, () -> {}, () -> true);
    }

    @Scenario
    static void chargeIsBetweenTheThreadsReadingsDuringSwitchesAttachesAndReads() {
        Container all = Containers.at("/conservation/moves");
        AtomicInteger attached = new AtomicInteger();
        run(
                "moves",
                Worker::switchAbout,
                () -> {
                    all.usage();
                    for (Container home : all.children()) {
                        for (Thread thread : home.threads()) {
                            attached.addAndGet(attach(thread, home.at("elsewhere")));
                        }
                        for (Thread thread : home.at("elsewhere").threads()) {
                            attached.addAndGet(attach(thread, home));
                        }
                    }
                },
                () -> attached.get() > THREADS);
        assertThat(attached.get()).isGreaterThan(THREADS);
    }

    /**
     * @param enough whether the concurrent actions have run often enough; if not, more threads are
     *     started
     */
    private static void run(String name, Task task, Runnable beside, BooleanSupplier enough) {
        Container all = Containers.at("/conservation/" + name);
        Containers.register(new ExitReadings());
        AtomicBoolean ended = new AtomicBoolean();
        Thread other = ThreadKind.PLATFORM.start(() -> {
            while (!ended.get()) {
                beside.run();
            }
        });
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < THREADS || (i < MAX_THREADS && !enough.getAsBoolean()); i++) {
            Worker worker = new Worker(all.create("own-" + i), task);
            worker.home.start(worker);
            workers.add(worker);
            if (i % 4 == 3) {
                workers.subList(i - 3, i + 1).forEach(ThreadKind::join);
            }
        }
        ended.set(true);
        ThreadKind.join(other);
        for (Worker worker : workers) {
            Usage charged = worker.home.usage();
            assertThat(charged.cpuNanos())
                    .isBetween(worker.atEndOfRun.cpuNanos, worker.atExit.cpuNanos);
            assertThat(charged.settledAllocatedBytes())
                    .isBetween(worker.atEndOfRun.allocatedBytes, worker.atExit.allocatedBytes);
        }
    }

    private static int attach(Thread thread, Container to) {
        try {
            to.attach(thread);
            return 1;
        } catch (IllegalArgumentException ended) {
            return 0;
        }
    }

    private interface Task {
        void run(Worker worker);
    }

    /** A thread with a separate container. */
    private static final class Worker extends Thread {

        private final Container home;
        private final Task task;
        private volatile Reading atEndOfRun = Reading.NONE;
        private volatile Reading atExit = Reading.NONE;
        private Object garbage = "";

        Worker(Container home, Task task) {
            this.home = home;
            this.task = task;
        }

        @Override
        public void run() {
            task.run(this);
            atEndOfRun = Reading.own();
        }

        void burn() {
            for (int i = 0; i < 100; i++) {
                for (int j = 0; j < 100; j++) {
                    garbage = List.of(garbage.hashCode(), j);
                }
            }
        }

        void switchAbout() {
            for (int i = 0; i < 20; i++) {
                try (Scope scope = home.at("entered-" + i % 3).enter()) {
                    burn();
                }
                burn();
            }
        }
    }

    /** Takes a last reading of each worker, on the worker itself. */
    private static final class ExitReadings implements Subsystem {
        @Override
        public void exit(Thread thread, Container container) {
            if (thread instanceof Worker worker) {
                assertThat(Thread.currentThread()).isSameAs(worker);
                worker.atExit = Reading.own();
            }
        }
    }

    private record Reading(long cpuNanos, long allocatedBytes) {

        static final Reading NONE = new Reading(-1, -1);

        static Reading own() {
            long allocatedBytes = BEAN.getCurrentThreadAllocatedBytes();
            return new Reading(BEAN.getCurrentThreadCpuTime(), allocatedBytes);
        }
    }
}
