package io.corral.integration.lateagent;

import com.sun.tools.attach.VirtualMachine;
import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Subsystem;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts threads of each kind that run or wait, and then loads the agent into its own JVM. */
final class LateThreadsProgram {

    private static final int PARKED = 500;
    private static final int TURNS = 200;
    private static final int MAX_CALLBACKS = 5;
    private static final int TURNS_TO_COMPARE = 1_500;
    private static final int TURNS_TO_COMPILE = 40_000;

    /** So that the turn itself, about 15 microseconds, hardly counts. */
    private static final int WORK_IN_A_UNIT = 20;

    private LateThreadsProgram() {}

    /** The arguments: the case to run, the agent's jar, and the agent's arguments. */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "places" -> places(arguments);
            case "parked" -> parked(arguments);
            case "turns" -> turns(arguments);
            case "tasks" -> tasks(arguments);
            case "callbacks" -> callbacks(arguments);
            case "exits" -> exits(arguments);
            case "lines" -> lines(arguments);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void load(String... arguments) throws Exception {
        VirtualMachine self =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        self.loadAgent(arguments[1], arguments[2]);
        self.detach();
    }

    private static Thread start(ThreadKind kind, String name, Runnable task) {
        Thread thread = kind.unstarted(task);
        thread.setName(name);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void places(String... arguments) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService pool =
                Executors.newFixedThreadPool(2, task -> new Thread(task, "shared-" + 1));
        pool.submit(() -> await(over));
        Thread batch = start(ThreadKind.PLATFORM, "batch-orders-1", () -> await(over));
        Thread other = start(ThreadKind.PLATFORM, "another", () -> await(over));
        load(arguments);
        System.out.println("batch=" + Api.of(batch));
        System.out.println("other=" + Api.of(other));
        System.out.println("main=" + Api.of(Thread.currentThread()));
        System.out.println("pool=" + Api.usage("/pools/shared").threads());
        // A pool that is older than the agent stays in its container.
        pool.submit(() -> System.out.println("second=" + Api.of(Thread.currentThread())))
                .get();
        over.countDown();
        pool.shutdown();
    }

    private static void parked(String... arguments) throws Exception {
        CountDownLatch arrived = new CountDownLatch(PARKED);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(PARKED);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PARKED; i++) {
            threads.add(start(ThreadKind.VIRTUAL, "parked-" + i % 2 + "-" + i, () -> {
                arrived.countDown();
                await(go);
                for (int j = 0; j < TURNS; j++) {
                    Thread.yield();
                }
                ran.countDown();
                await(end);
            }));
        }
        Thread unstarted = ThreadKind.VIRTUAL.unstarted(() -> await(end));
        unstarted.setName("unstarted");
        arrived.await();
        load(arguments);
        try (LowestReading lowest = new LowestReading()) {
            Api.print("before");
            unstarted.start();
            go.countDown();
            ran.await();
            Api.print("running");
            end.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            unstarted.join();
            Api.print("after");
            System.out.println("lowest=" + lowest.members());
        }
    }

    /** Records the smallest number of threads that any reading shows. */
    private static final class LowestReading implements AutoCloseable {
        private final AtomicLong members = new AtomicLong(Long.MAX_VALUE);
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread = ThreadKind.PLATFORM.start(() -> {
            while (!over.get()) {
                members.accumulateAndGet(
                        Math.min(
                                Api.usage("/parked").virtualThreads(),
                                Api.usage("/").virtualThreads()),
                        Math::min);
            }
        });

        long members() {
            return members.get();
        }

        @Override
        public void close() {
            over.set(true);
            ThreadKind.join(thread);
        }
    }

    /**
     * Two threads take turns on one carrier before and after the attach; the code is compiled in
     * between.
     */
    private static void turns(String... arguments) throws Exception {
        // Loads the library with the native method that CpuLoad calls.
        ManagementFactory.getThreadMXBean();
        CyclicBarrier phases = new CyclicBarrier(3);
        AtomicLongArray burnt = new AtomicLongArray(4);
        for (int work = 1; work <= 3; work += 2) {
            int units = work;
            start(ThreadKind.VIRTUAL, "turns-" + work, () -> {
                takeTurns(TURNS_TO_COMPILE, 0);
                pass(phases);
                pass(phases);
                takeTurns(TURNS_TO_COMPILE, 0);
                takeTurns(TURNS_TO_COMPARE / 10, units);
                pass(phases);
                pass(phases);
                burnt.set(units, takeTurns(TURNS_TO_COMPARE, units));
                pass(phases);
            });
        }
        pass(phases);
        load(arguments);
        pass(phases);
        pass(phases);
        System.out.println("members=" + Api.usage("/turns").virtualThreads());
        long one = Api.usage("/turns/1").cpuNanos();
        long three = Api.usage("/turns/3").cpuNanos();
        pass(phases);
        pass(phases);
        System.out.println("one=" + (Api.usage("/turns/1").cpuNanos() - one));
        System.out.println("three=" + (Api.usage("/turns/3").cpuNanos() - three));
        System.out.println("burntOne=" + burnt.get(1));
        System.out.println("burntThree=" + burnt.get(3));
    }

    /**
     * Hands tasks to pools. The class of one pool is loaded after the agent, the others before it.
     */
    private static void tasks(String... arguments) throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "shared-1"));
        pool.submit(() -> {}).get();
        load(arguments);
        CountDownLatch ran = new CountDownLatch(2);
        ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);
        Api.enter(() -> {
            pool.execute(() -> print("pool", ran));
            scheduled.execute(() -> print("scheduled", ran));
        });
        ran.await();
        pool.shutdown();
        scheduled.shutdown();
    }

    /** A virtual thread that is older than the agent, and so has no member, starts another one. */
    private static void callbacks(String... arguments) throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        Thread unseen = start(ThreadKind.VIRTUAL, "unseen", () -> {
            while (!go.get()) {
                Thread.onSpinWait();
            }
            ThreadKind.join(start(ThreadKind.PLATFORM, "outer", () -> {}));
        });
        load(arguments);
        System.out.println("attach=" + Api.attach(unseen));
        AtomicLong callbacks = Api.startInForkCallbacks();
        go.set(true);
        ThreadKind.join(unseen);
        System.out.println("callbacks=" + callbacks);
    }

    /**
     * Two threads are inside a call of {@code VirtualThread.run} that is older than the agent. One
     * of them lasts until subsystems were told of it. The other one ends before that, since the
     * background thread, which tells of it, waits for its end.
     */
    private static void exits(String... arguments) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch goBrief = new CountDownLatch(1);
        CountDownLatch adopted = new CountDownLatch(1);
        Thread before = start(ThreadKind.VIRTUAL, "before", () -> {
            await(go);
            while (adopted.getCount() > 0) {
                Thread.yield();
            }
        });
        Thread brief = start(ThreadKind.VIRTUAL, "brief", () -> await(goBrief));
        for (Thread each : List.of(before, brief)) {
            while (each.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        load(arguments);
        Map<String, String> exits = new ConcurrentHashMap<>();
        CountDownLatch both = new CountDownLatch(2);
        Consumer<Thread> onAdopt = thread -> {
            if (thread == before) {
                goBrief.countDown();
                ThreadKind.join(brief);
                adopted.countDown();
            }
        };
        Consumer<Thread> onExit = thread -> {
            exits.put(thread.getName(), Thread.currentThread().getName() + " in " + Api.current());
            both.countDown();
        };
        Api.follow(Set.of("before", "brief", "since"), onAdopt, onExit);
        Thread since = start(ThreadKind.VIRTUAL, "since", () -> await(go));
        go.countDown();
        before.join();
        since.join();
        both.await();
        exits.forEach((thread, where) -> System.out.println(thread + "=" + where));
    }

    /** A worker is inside its loop when the agent comes, and leaves it when a task throws. */
    private static void lines(String... arguments) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        System.out.println("before=" + workersLoop(pool));
        load(arguments);
        System.out.println("inside=" + workersLoop(pool));
        pool.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
            throw new IllegalStateException("ends the worker");
        });
        System.out.println("later=" + workersLoop(pool));
        pool.shutdown();
    }

    /** The frame of {@code ThreadPoolExecutor.runWorker} as a stack trace prints it. */
    private static String workersLoop(ExecutorService pool) throws Exception {
        for (StackTraceElement frame :
                pool.submit(() -> new Throwable().getStackTrace()).get()) {
            if (frame.getMethodName().equals("runWorker")) {
                return frame.toString();
            }
        }
        throw new IllegalStateException("no worker");
    }

    private static void print(String key, CountDownLatch said) {
        System.out.println(key + "=" + Api.current());
        said.countDown();
    }

    /**
     * @return the units' CPU time by the carrier's clock; the thread is not unmounted within a unit
     */
    private static long takeTurns(int turns, int units) {
        long burnt = 0;
        for (int i = 0; i < turns; i++) {
            long before = CpuLoad.ownCpuNanos();
            for (int j = 0; j < units; j++) {
                for (int k = 0; k < WORK_IN_A_UNIT; k++) {
                    CpuLoad.work();
                }
            }
            burnt += CpuLoad.ownCpuNanos() - before;
            Thread.yield();
        }
        return burnt;
    }

    private static void pass(CyclicBarrier phases) {
        try {
            // The loop has a limit, because another thread may have failed.
            phases.await(2, TimeUnit.MINUTES);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A separate class, so that the API is not loaded before it is used. */
    private static final class Api {

        static String of(Thread thread) {
            Hierarchy kinds = Containers.hierarchy("kind");
            return Containers.of(thread).path() + " " + kinds.of(thread).path();
        }

        static String current() {
            return Containers.current().path();
        }

        static void enter(Runnable task) {
            Containers.at("/submitter").run(task);
        }

        /** @return null, or why the thread can't be attached */
        static @Nullable String attach(Thread thread) {
            try {
                Containers.at("/attached").attach(thread);
                return null;
            } catch (IllegalArgumentException failure) {
                return failure.getMessage();
            }
        }

        /** @return the number of fork callbacks, each of which may start another thread */
        static AtomicLong startInForkCallbacks() {
            AtomicLong callbacks = new AtomicLong();
            Containers.register(new Subsystem() {
                @Override
                public void fork(Thread thread, Container container) {
                    if (callbacks.incrementAndGet() < MAX_CALLBACKS) {
                        start(ThreadKind.PLATFORM, "inner", () -> {});
                    }
                }
            });
            return callbacks;
        }

        static void follow(Set<String> names, Consumer<Thread> onAdopt, Consumer<Thread> onExit) {
            Containers.register(new Subsystem() {
                @Override
                public void adopt(Thread thread, Container container) {
                    if (names.contains(thread.getName())) {
                        onAdopt.accept(thread);
                    }
                }

                @Override
                public void exit(Thread thread, Container container) {
                    if (names.contains(thread.getName())) {
                        onExit.accept(thread);
                    }
                }
            });
        }

        static Usage usage(String path) {
            Container container = path.equals("/") ? Containers.root() : Containers.at(path);
            return container.usage();
        }

        static void print(String when) {
            System.out.println(when + "=" + counts(usage("/parked/0")) + ", "
                    + counts(usage("/parked/1")) + ", " + counts(usage("/unstarted")));
        }

        private static String counts(Usage usage) {
            return usage.virtualThreads() + " " + usage.forks() + " " + usage.exits();
        }
    }
}
