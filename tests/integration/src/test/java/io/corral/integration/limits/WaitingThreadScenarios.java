package io.corral.integration.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.corral.Container;
import io.corral.Containers;
import io.corral.LimitExceededException;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** Which threads wait at a door: none whose wait would hold up others. */
final class WaitingThreadScenarios {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private WaitingThreadScenarios() {}

    /** A container with one request, whose next one may wait for a minute. */
    private static final class FullContainer implements AutoCloseable {

        final Container container = Containers.at("/waiting/" + NUMBER.incrementAndGet());
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);
        private final Thread holder = new Thread(this::hold);

        FullContainer() {
            this(Limits.Mode.ENFORCE);
        }

        FullContainer(Limits.Mode mode) {
            container.limits().requestsMax(1, Duration.ofMinutes(1));
            container.limits().mode(mode);
            holder.start();
            Waits.await(begun);
        }

        private void hold() {
            try (Scope request = container.admit()) {
                begun.countDown();
                Waits.await(end);
            }
        }

        /** Runs on the thread that is asked about. */
        String ask() {
            try (Scope second = container.admit()) {
                return "let in " + second;
            } catch (LimitExceededException refused) {
                return "refused";
            }
        }

        /** As {@link #ask}: where the request works and counts, and where its thread is then. */
        String askAndReturn(Container other) {
            String work = "";
            try (Scope second = container.admit()) {
                work = "works in " + Containers.current().path() + ", counts " + stat().requests()
                        + " and " + other.limits().stat().requests();
            } catch (LimitExceededException refused) {
                work = "refused";
            }
            return work + ", then is in " + Containers.current().path();
        }

        LimitStat stat() {
            return container.limits().stat();
        }

        void assertNobodyHasWaited() {
            assertThat(stat().shed()).isOne();
            assertThat(stat().waited()).isZero();
        }

        @Override
        public void close() {
            end.countDown();
            ThreadKind.join(holder);
            container.limits().reset();
        }
    }

    @Scenario
    static void eventLoopIsRefusedAtOnce() throws Exception {
        assertRefusedAtOnce(new DefaultEventLoop());
    }

    /** The pool alone would let it wait. */
    @Scenario
    static void eventLoopOnThreadsOfAPoolIsRefusedAtOnce() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            assertRefusedAtOnce(new DefaultEventLoop(pool));
        } finally {
            pool.shutdown();
        }
    }

    @Scenario(since = 21)
    static void eventLoopOnAVirtualThreadIsRefusedAtOnce() throws Exception {
        assertRefusedAtOnce(new DefaultEventLoop(ThreadKind.VIRTUAL::unstarted));
    }

    private static void assertRefusedAtOnce(EventLoop loop) throws Exception {
        try (FullContainer full = new FullContainer()) {
            assertThat(loop.submit(full::ask).get()).isEqualTo("refused");
            full.assertNobodyHasWaited();
        }
        try (FullContainer full = new FullContainer(Limits.Mode.MONITOR)) {
            assertThat(loop.submit(full::ask).get()).startsWith("let in");
            assertThat(full.stat().wouldShed()).isOne();
            assertThat(full.stat().wouldWait()).isZero();
        } finally {
            loop.shutdownGracefully();
        }
    }

    @Scenario
    static void workersOfForkJoinPoolsAndSchedulersAreRefusedAtOnce() throws Exception {
        try (FullContainer full = new FullContainer()) {
            assertThat(ForkJoinPool.commonPool().submit(full::ask).get()).isEqualTo("refused");
            full.assertNobodyHasWaited();
        }
        ExecutorService scheduler = Executors.newScheduledThreadPool(8);
        try (FullContainer full = new FullContainer()) {
            assertThat(scheduler.submit(full::ask).get()).isEqualTo("refused");
            full.assertNobodyHasWaited();
        } finally {
            scheduler.shutdown();
        }
    }

    @Scenario
    static void threadOfNoPoolIsRefusedAtOnce() {
        try (FullContainer full = new FullContainer()) {
            ThreadKind.PLATFORM.run(() -> assertThat(full.ask()).isEqualTo("refused"));
            full.assertNobodyHasWaited();
        }
    }

    @Scenario
    static void dispatcherOfTheJdksHttpServerIsRefusedAtOnce() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (FullContainer full = new FullContainer()) {
            server.createContext("/", exchange -> {
                byte[] answer = full.ask().getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("refused");
            full.assertNobodyHasWaited();
        } finally {
            server.stop(0);
        }
    }

    @Scenario(since = 21)
    static void virtualThreadWaitsWithoutItsCarrier() {
        FullContainer full = new FullContainer();
        AtomicInteger letIn = new AtomicInteger();
        Thread thread = ThreadKind.VIRTUAL.start(
                () -> letIn.addAndGet(full.ask().startsWith("let in") ? 1 : 0));
        Waits.until(() -> full.stat().waiting() == 1);
        // Another virtual thread runs meanwhile.
        ThreadKind.VIRTUAL.run(() -> assertThat(full.stat().waiting()).isOne());
        full.end.countDown();
        ThreadKind.join(thread);
        full.close();
        assertThat(letIn.get()).isOne();
    }

    /** On 21 it is pinned there. */
    @Scenario(since = 21)
    static void virtualThreadInAMonitorWaitsOnlyIfItIsNotPinned() {
        try (FullContainer full = new FullContainer()) {
            boolean isPinned = Runtime.version().feature() < 24;
            Object monitor = new Object();
            StringBuilder answer = new StringBuilder();
            Thread thread = ThreadKind.VIRTUAL.start(() -> {
                synchronized (monitor) {
                    answer.append(full.ask());
                }
            });
            if (!isPinned) {
                Waits.until(() -> full.stat().waiting() == 1);
                thread.interrupt();
            }
            ThreadKind.join(thread);
            assertThat(answer.toString()).isEqualTo("refused");
            assertThat(full.stat().waited()).isEqualTo(isPinned ? 0 : 1);
        }
    }

    @Scenario(since = 21)
    static void virtualThreadThatIsInterruptedIsRefusedAndStaysInterrupted() {
        try (FullContainer full = new FullContainer()) {
            StringBuilder answer = new StringBuilder();
            Thread thread = ThreadKind.VIRTUAL.start(() -> answer.append(full.ask())
                    .append(Thread.currentThread().isInterrupted() ? ", interrupted" : ""));
            Waits.until(() -> full.stat().waiting() == 1);
            thread.interrupt();
            ThreadKind.join(thread);
            assertThat(answer.toString()).isEqualTo("refused, interrupted");
            assertThat(full.stat().shed()).isOne();
            assertThat(full.stat().waiting()).isZero();
            assertThat(full.stat().requests()).isOne();
        }
    }

    @Scenario
    static void workerThatIsMovedWhileItWaitsCountsWhereItHasAsked() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            moveWhileItWaits(pool, Container::attach);
            moveWhileItWaits(
                    pool,
                    (other, thread) ->
                            assertThat(other.attachAll(Containers.of(thread))).isPositive());
        } finally {
            pool.shutdown();
        }
    }

    @Scenario(since = 21)
    static void virtualThreadThatIsMovedWhileItWaitsCountsWhereItHasAsked() throws Exception {
        moveWhileItWaits(ThreadKind.VIRTUAL::start, Container::attach);
    }

    /** Where it is moved to is another limit, which has not let it in. */
    private static void moveWhileItWaits(Executor executor, BiConsumer<Container, Thread> move)
            throws Exception {
        Container other = Containers.at("/waiting/moved-" + NUMBER.incrementAndGet());
        other.limits().requestsMax(1);
        FullContainer full = new FullContainer();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        FutureTask<String> request = new FutureTask<>(() -> {
            waiting.set(Thread.currentThread());
            return full.askAndReturn(other);
        });
        executor.execute(request);
        Waits.until(() -> full.stat().waiting() == 1);
        move.accept(other, waiting.get());
        full.end.countDown();
        assertThat(request.get())
                .isEqualTo("works in " + full.container.path() + ", counts 1 and 0, then is in "
                        + other.path());
        assertThat(full.stat().requests() + full.stat().waiting() + full.stat().lost())
                .isZero();
        assertThat(full.stat().admitted()).isEqualTo(2);
        assertThat(other.limits().stat().admitted()).isZero();
        full.close();
        other.limits().reset();
    }
}
