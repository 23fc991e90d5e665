package io.corral.integration.rules;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts threads that a rules file places, and prints their containers. */
final class RulesProgram {

    private static final Hierarchy ORIGIN = Containers.hierarchy("origin");

    private RulesProgram() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "places" -> places();
            case "many" -> many();
            case "late" -> late();
            case "handover" -> handover();
            case "reload" -> reload(Path.of(arguments[1]));
            case "snapshot" -> SnapshotWithRules.take();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Threads that give themselves names, or are given names by another one. */
    private static void late() throws Exception {
        try (Scope scope = Containers.at("/parent").enter()) {
            for (ThreadKind kind : ThreadKind.values()) {
                if (kind.isSupported()) {
                    kind.run(() -> nameItself(kind.name()));
                }
            }
        }
        CountDownLatch named = new CountDownLatch(1);
        CompletableFuture<String> place = new CompletableFuture<>();
        Thread other = new Thread(() -> {
            try {
                named.await();
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
            place.complete(Containers.current().path());
        });
        try (Scope scope = Containers.at("/parent").enter()) {
            other.start();
        }
        other.setName("conn-9");
        named.countDown();
        print("other", place.get());
    }

    private static void nameItself(String kind) {
        Thread self = Thread.currentThread();
        print(kind + ".before", Containers.current().path());
        self.setName("conn-7");
        print(kind + ".named", Containers.of(self).path());
        self.setName("conn-8");
        print(kind + ".again", Containers.of(self).path());
    }

    private static void places() throws ExecutionException, InterruptedException {
        try (Scope scope = Containers.at("/parent").enter()) {
            print("named", thread(ThreadKind.PLATFORM, "batch-orders-7"));
            print("other", thread(ThreadKind.PLATFORM, "another"));
            print("ignored", thread(ThreadKind.PLATFORM, "ignored"));
            print("bad", thread(ThreadKind.PLATFORM, "evil:../.."));
            print("own", thread(new OwnThread()));
            if (ThreadKind.VIRTUAL.isSupported()) {
                print("virtual", thread(ThreadKind.VIRTUAL, "batch-orders-7"));
            }
            ExecutorService pool =
                    Executors.newFixedThreadPool(1, task -> new Thread(task, "inherits-1"));
            print("worker", pool.submit(RulesProgram::whereNow).get());
            pool.shutdown();
        }
        System.out.println("main=" + Containers.of(Thread.currentThread()).path());
    }

    /** Prints in which containers tasks from a container run. */
    private static void handover() throws ExecutionException, InterruptedException {
        for (String name : new String[] {"kept", "given"}) {
            ThreadFactory workers = task -> new Thread(task, name + "-1");
            ExecutorService pool = Executors.newFixedThreadPool(1, workers);
            ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1, workers);
            ForkJoinPool joining = new ForkJoinPool(1, of -> joiner(of, name + "-1"), null, false);
            Timer timer = new Timer(name + "-1");
            CompletableFuture<String> timed = new CompletableFuture<>();
            CompletableFuture<String> first = new CompletableFuture<>();
            try (Scope scope = Containers.at("/parent").enter()) {
                print(name, pool.submit(RulesProgram::currentPath).get());
                print(
                        name + ".scheduled",
                        scheduled
                                .schedule(RulesProgram::currentPath, 1, TimeUnit.MILLISECONDS)
                                .get());
                print(
                        name + ".joining",
                        joining.submit(RulesProgram::currentPath).get());
                CompletableFuture<String> dependent =
                        first.thenApplyAsync(unused -> currentPath(), pool);
                first.complete("now");
                print(name + ".dependent", dependent.get());
                timer.schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                timed.complete(currentPath());
                            }
                        },
                        1);
                print(name + ".timed", timed.get());
            }
            pool.shutdown();
            scheduled.shutdown();
            joining.shutdown();
            timer.cancel();
        }
    }

    private static String currentPath() {
        return Containers.current().path();
    }

    private static ForkJoinWorkerThread joiner(ForkJoinPool pool, String name) {
        ForkJoinWorkerThread worker =
                ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        worker.setName(name);
        return worker;
    }

    private static final class OwnThread extends Thread {
        private String seen = "";

        @Override
        public void run() {
            seen = whereNow();
        }
    }

    private static String thread(OwnThread own) {
        own.start();
        ThreadKind.join(own);
        return own.seen;
    }

    private static String thread(ThreadKind kind, String name) {
        String[] seen = new String[1];
        Thread thread = kind.unstarted(() -> seen[0] = whereNow());
        thread.setName(name);
        thread.start();
        ThreadKind.join(thread);
        return seen[0];
    }

    private static String whereNow() {
        Thread current = Thread.currentThread();
        return Containers.of(current).path() + " " + ORIGIN.of(current).path();
    }

    private static void print(String key, String where) {
        System.out.println(key + "=" + where);
    }

    private static void many() {
        // They stay alive, since the container of a thread that has ended may give way.
        CountDownLatch isOver = new CountDownLatch(1);
        for (int i = 0; i < 1_200; i++) {
            Thread thread = new Thread(() -> Waits.await(isOver), "batch-n" + i + "-1");
            thread.setDaemon(true);
            thread.start();
        }
        Container batch = Containers.at("/batch");
        System.out.println("children=" + batch.children().size());
        System.out.println("other=" + batch.at("other").usage().forks());
    }

    /** Waits until the change of the file is seen, which takes a second. */
    private static void reload(Path rules) throws IOException {
        print("before", thread(ThreadKind.PLATFORM, "t"));
        Files.writeString(rules, "thread t -> /second\n");
        awaitPlace("/second");
        // A faulty version and a missing file change nothing; the next valid version is in force.
        Files.writeString(rules, "thread t to /third\n");
        awaitLooks();
        print("broken", thread(ThreadKind.PLATFORM, "t"));
        Files.delete(rules);
        awaitLooks();
        print("gone", thread(ThreadKind.PLATFORM, "t"));
        Files.writeString(rules, "thread t -> /fourth/and-last\n");
        awaitPlace("/fourth/and-last");
    }

    private static void awaitPlace(String path) {
        while (!thread(ThreadKind.PLATFORM, "t").startsWith(path + " ")) {
            Thread.onSpinWait();
        }
    }

    /** The file is polled each second, and read once it has not changed between two polls. */
    private static void awaitLooks() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3_500);
        while (System.nanoTime() < deadline) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
    }
}
