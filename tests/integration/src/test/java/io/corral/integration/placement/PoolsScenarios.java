package io.corral.integration.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import io.corral.integration.harness.ThreadKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A worker belongs to its pool, whichever thread caused its start. */
final class PoolsScenarios {

    private static final long TIMEOUT_SECONDS = 60;

    private PoolsScenarios() {}

    @Scenario(15)
    static void workerOfAPoolIsInThePoolAndInheritsInNoHierarchy() throws Exception {
        Hierarchy tenants = Containers.hierarchy("pools-tenants");
        ExecutorService pool = Executors.newFixedThreadPool(1, named("orders-1"));
        try (Scope scope = Containers.at("/pools-test/a").enter();
                Scope tenant = tenants.at("/acme").enter()) {
            Thread worker = pool.submit(Thread::currentThread).get();
            assertThat(Containers.of(worker).path()).isEqualTo("/pools/orders");
            assertThat(tenants.of(worker).path()).isEqualTo("/");
        } finally {
            end(pool);
        }
    }

    /** Wraps the worker, as factories do that copy the caller's log context. */
    @Scenario(15)
    static void workerWrappedByItsFactoryIsInThePool() throws Exception {
        inItsPool("lambda", worker -> new Thread(() -> worker.run(), "lambda-1"));
        inItsPool("wrapped", worker -> new Thread(new Counted(worker), "wrapped-1"));
        inItsPool("own", worker -> new Thread("own-1") {
            @Override
            public void run() {
                worker.run();
            }
        });
    }

    private static final class Counted implements Runnable {
        private final Runnable worker;

        Counted(Runnable worker) {
            this.worker = worker;
        }

        @Override
        public void run() {
            worker.run();
        }
    }

    private static void inItsPool(String name, ThreadFactory factory) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1, factory);
        Container tenant = Containers.at("/pools-test/j-" + name);
        try (Scope scope = tenant.enter()) {
            Thread worker = pool.submit(Thread::currentThread).get();
            assertThat(Containers.of(worker).path()).isEqualTo("/pools/" + name);
            assertThat(pool.submit(() -> Containers.current().path()).get())
                    .isEqualTo(tenant.path());
        } finally {
            end(pool);
        }
    }

    @Scenario(15)
    static void poolsWithDefaultNamesAreDistinguished() throws Exception {
        ExecutorService one = Executors.newCachedThreadPool();
        ExecutorService other = Executors.newScheduledThreadPool(1);
        String ofOne = one.submit(PoolsScenarios::home).get();
        String ofOther = other.submit(PoolsScenarios::home).get();
        assertThat(ofOne).matches("/pools/pool-\\d+-thread");
        assertThat(ofOther).matches("/pools/pool-\\d+-thread").isNotEqualTo(ofOne);
        end(one);
        end(other);
    }

    @Scenario(14)
    static void workersOfForkJoinPoolsAreInThosePools() throws Exception {
        try (Scope scope = Containers.at("/pools-test/b").enter()) {
            assertThat(CompletableFuture.supplyAsync(PoolsScenarios::home).get())
                    .isEqualTo("/pools/ForkJoinPool.commonPool-worker");
            ForkJoinPool pool = new ForkJoinPool(1);
            assertThat(pool.submit(PoolsScenarios::home).get())
                    .matches("/pools/ForkJoinPool-\\d+-worker");
            end(pool);
        }
    }

    @Scenario(since = 21)
    static void virtualWorkerIsInThePoolAndThreadPerTaskInherits() throws Exception {
        ThreadFactory factory = task -> {
            Thread thread = ThreadKind.VIRTUAL.unstarted(task);
            thread.setName("refresh-1");
            return thread;
        };
        ExecutorService pool = Executors.newScheduledThreadPool(1, factory);
        ExecutorService perTask = (ExecutorService) Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, factory);
        try (Scope scope = Containers.at("/pools-test/i").enter()) {
            Thread worker = pool.submit(Thread::currentThread).get();
            assertThat(Containers.of(worker).path()).isEqualTo("/pools/refresh");
            assertThat(perTask.submit(PoolsScenarios::home).get()).isEqualTo("/pools-test/i");
        } finally {
            end(pool);
            end(perTask);
        }
    }

    @Scenario
    static void threadOfATimerIsInTheTimersPool() throws Exception {
        CompletableFuture<String> home = new CompletableFuture<>();
        try (Scope scope = Containers.at("/pools-test/c").enter()) {
            Timer timer = new Timer("reports-7");
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            home.complete(home());
                        }
                    },
                    1);
            assertThat(home.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isEqualTo("/pools/reports");
            timer.cancel();
        }
    }

    @Scenario
    static void threadsOfAnHttpClientAreInItsPool() throws Exception {
        com.sun.net.httpserver.HttpServer server = com.sun.net.httpserver.HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        try (Scope scope = Containers.at("/pools-test/d").enter()) {
            server.start();
            HttpClient client = HttpClient.newHttpClient();
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            String home = client.sendAsync(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .thenApply(response -> response.statusCode() + " ok")
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(home).isEqualTo("204 ok");
            assertThat(homes("HTTP-Dispatcher")).containsExactly("/pools/HTTP-Dispatcher");
            assertThat(homes("HttpClient-"))
                    .isNotEmpty()
                    .allMatch(path ->
                            path.matches("/pools/HttpClient-\\d+-(Worker|SelectorManager)"));
        } finally {
            server.stop(0);
        }
    }

    @Scenario
    static void threadsOfTomcatAreInItsPools() throws Exception {
        try (Scope scope = Containers.at("/pools-test/h").enter();
                TomcatServer server = TomcatServer.start()) {
            assertThat(server.request()).matches("/pools/http-nio-.*-exec");
            assertThat(homes("http-nio-"))
                    .allMatch(path -> path.matches("/pools/http-nio-.*-(exec|Poller|Acceptor)"))
                    .anyMatch(path -> path.endsWith("-Poller"))
                    .anyMatch(path -> path.endsWith("-Acceptor"));
            assertThat(homes("Catalina-utility-"))
                    .isNotEmpty()
                    .containsOnly("/pools/Catalina-utility");
        }
    }

    @Scenario(since = 21)
    static void virtualThreadOfARequestIsBelowThePollersContainerByItsName() throws Exception {
        try (TomcatServer server = TomcatServer.startOnVirtualThreads()) {
            assertThat(server.request()).matches("/pools/http-nio-.*-Poller/virtual/request");
        }
    }

    @Scenario
    static void threadsOfAChannelGroupAreInTheGroupsPool() throws Exception {
        CompletableFuture<String> home = new CompletableFuture<>();
        try (Scope scope = Containers.at("/pools-test/e").enter();
                AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
            server.accept(null, new CompletionHandler<AsynchronousSocketChannel, Void>() {
                @Override
                public void completed(AsynchronousSocketChannel result, Void attachment) {
                    home.complete(home());
                    close(result);
                }

                @Override
                public void failed(Throwable failure, Void attachment) {
                    home.completeExceptionally(failure);
                }
            });
            client.connect(server.getLocalAddress()).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            // Depending on the JDK these are the group's own threads or a pool's.
            assertThat(home.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).startsWith("/pools/");
        }
    }

    @Scenario
    static void applicationThreadInheritsItsStartersContainer(ThreadKind kind) {
        Container container = Containers.at("/pools-test/f");
        String[] home = new String[1];
        try (Scope scope = container.enter()) {
            Thread thread = kind.unstarted(() -> home[0] = home());
            thread.setName("pool-1-thread-1");
            thread.start();
            ThreadKind.join(thread);
        }
        assertThat(home[0]).isEqualTo(container.path());
    }

    @Scenario
    static void workerStartedInAContainerIsInThatContainer() throws Exception {
        Container container = Containers.at("/pools-test/g");
        Thread[] worker = new Thread[1];
        ForkJoinPool pool = new ForkJoinPool(
                1,
                made -> {
                    worker[0] = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(made);
                    return null;
                },
                null,
                false);
        pool.execute(() -> {});
        container.start(worker[0]);
        assertThat(Containers.of(worker[0])).isSameAs(container);
        pool.shutdownNow();
    }

    private static ThreadFactory named(String name) {
        return task -> new Thread(task, name);
    }

    private static String home() {
        return Containers.of(Thread.currentThread()).path();
    }

    private static Stream<String> homes(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .map(thread -> Containers.of(thread).path());
    }

    private static void close(AsynchronousSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The end of the test ends the thread.
        }
    }

    private static void end(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
