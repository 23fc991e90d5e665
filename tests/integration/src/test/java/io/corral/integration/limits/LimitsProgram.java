package io.corral.integration.limits;

import com.sun.tools.attach.VirtualMachine;

import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.Scope;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Runs in the forked JVM: does what the lines on its standard input say, and answers each. */
final class LimitsProgram {

    private LimitsProgram() {}

    /** @param arguments the agent's jar with its options, if this program attaches it itself */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            VirtualMachine self =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            self.loadAgent(arguments[0], arguments[1]);
            self.detach();
        }
        WithApi.run();
    }

    /** A separate class, so that the API is not loaded before the agent. */
    private static final class WithApi {

        private static final int VERSIONS = 10;

        private static final List<OpenRequest> OPEN = new ArrayList<>();
        private static final Queue<Future<String>> CALLS = new ArrayDeque<>();

        static void run() throws Exception {
            System.out.println("ready");
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                System.out.println(line + ": " + answer(words[0], words[1]));
            }
        }

        private static String answer(String command, String word) throws Exception {
            return switch (command) {
                case "limits" -> limits(Containers.at(word).limits());
                case "zero" -> zero(Containers.at(word).limits());
                case "stat" -> stat(Containers.at(word).limits().stat());
                case "admit" -> admit(Containers.at(word));
                case "enter" -> enter(Containers.at(word));
                case "keep" -> keep(Containers.at(word));
                case "close" -> close();
                case "call" -> call(word);
                case "called" -> CALLS.remove().get();
                case "waiting" -> awaitWaiting(Containers.at(word).limits());
                case "set" -> setWhileLoaded(Containers.at(word));
                case "reload" -> reloadWhileLoaded(Path.of(word));
                case "remove" -> remove(Containers.at(word));
                default -> throw new IllegalArgumentException(command);
            };
        }

        private static String limits(Limits limits) {
            return limits.requestsMax() + " " + limits.weight() + " " + limits.cpuMax() + " "
                    + limits.isFair() + " " + limits.threadsMax();
        }

        private static String zero(Limits limits) {
            limits.requestsMax(0);
            return "" + limits.requestsMax();
        }

        private static String stat(LimitStat stat) {
            return "requests " + stat.requests() + " waiting " + stat.waiting() + " admitted "
                    + stat.admitted() + " waited " + stat.waited() + " shed " + stat.shed()
                    + " over "
                    + stat.over() + " wouldShed " + stat.wouldShed();
        }

        private static String admit(Container container) {
            try (Scope scope = container.admit()) {
                return "in " + Containers.current().path();
            } catch (LimitExceededException refused) {
                return refused.control() + " of " + refused.container().path() + " is "
                        + refused.limit() + ", in use " + refused.use();
            }
        }

        private static String enter(Container container) {
            try (Scope scope = container.enter()) {
                return "in " + Containers.current().path();
            }
        }

        private static String keep(Container container) throws InterruptedException {
            OPEN.add(new OpenRequest(container));
            return "open";
        }

        private static String close() throws InterruptedException {
            for (OpenRequest each : OPEN) {
                each.close();
            }
            OPEN.clear();
            return "closed";
        }

        /** Calls a method that a rule names on a worker of a pool, which may wait. */
        private static String call(String tenant) {
            ExecutorService pool = Executors.newFixedThreadPool(8);
            CALLS.add(pool.submit(() -> Service.serve(tenant)));
            pool.shutdown();
            return "submitted";
        }

        private static String awaitWaiting(Limits limits) {
            while (limits.stat().waiting() == 0) {
                Thread.onSpinWait();
            }
            return "" + limits.stat().waiting();
        }

        /** Changes limits by code while requests come. */
        private static String setWhileLoaded(Container container) throws Exception {
            Load load = new Load(container);
            Thread setter = new Thread(() -> {
                load.awaitRound();
                for (int i = 0; i < 50; i++) {
                    container.limits().requestsMax(3, Duration.ofMillis(i % 2));
                    load.awaitRound();
                }
                container.limits().reset();
                load.end();
            });
            setter.start();
            String result = load.run();
            setter.join();
            return result;
        }

        /** Changes the rules file while requests come. */
        private static String reloadWhileLoaded(Path rules) throws Exception {
            Container container = Containers.at("/tenants/load");
            Load load = new Load(container);
            Thread writer = new Thread(() -> {
                load.awaitRound();
                for (int version = 1; version <= VERSIONS; version++) {
                    write(rules, "limit /tenants/* requests.max 3 weight " + version);
                    while (container.limits().weight() != version) {
                        load.awaitRound();
                    }
                }
                load.end();
            });
            writer.start();
            String result = load.run();
            writer.join();
            return result;
        }

        private static void write(Path file, String text) {
            try {
                Files.writeString(file, text);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static String remove(Container container) {
            container.remove();
            return "removed";
        }
    }

    /** A request on a thread of its own that stays open. */
    private static final class OpenRequest {

        private final CountDownLatch end = new CountDownLatch(1);
        private final Thread thread;

        OpenRequest(Container container) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            thread = new Thread(() -> {
                try (Scope scope = container.admit()) {
                    begun.countDown();
                    end.await();
                } catch (InterruptedException never) {
                    throw new IllegalStateException(never);
                }
            });
            thread.start();
            begun.await();
        }

        void close() throws InterruptedException {
            end.countDown();
            thread.join();
        }
    }

    /** What a rule names. */
    static final class Service {

        private Service() {}

        static String serve(String tenant) {
            return Containers.current().path();
        }
    }

    /** Requests of eight threads, some of which are refused. */
    private static final class Load {

        private static final int THREADS = 8;
        private static final int ROUND = 20;

        private final Container container;
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicLong admitted = new AtomicLong();
        private final AtomicLong shed = new AtomicLong();

        Load(Container container) {
            this.container = container;
        }

        /** Waits until further requests have been admitted. */
        void awaitRound() {
            long target = admitted.get() + ROUND;
            while (admitted.get() < target) {
                Thread.onSpinWait();
            }
        }

        void end() {
            end.countDown();
        }

        String run() throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(this::serve);
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            LimitStat stat = container.limits().stat();
            boolean isExact = stat.admitted() == admitted.get() && stat.shed() == shed.get();
            return "most " + most + " left " + (stat.requests() + stat.waiting() + stat.lost())
                    + " exact " + isExact + " refused " + (shed.get() > 0);
        }

        private void serve() {
            while (end.getCount() > 0) {
                try (Scope scope = container.admit()) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    admitted.incrementAndGet();
                    Thread.yield();
                    inside.decrementAndGet();
                } catch (LimitExceededException refused) {
                    shed.incrementAndGet();
                }
            }
        }
    }
}
