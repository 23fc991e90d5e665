package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.support.Waits;
import io.corral.runtime.container.Trees;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A pool's only worker, which waits for {@link #open}, and the checks that all kinds of pool share.
 */
final class SingleWorker<E extends ExecutorService> implements AutoCloseable {

    static final Container A = Containers.at("/kept/a");
    static final Container B = Containers.at("/kept/b");

    final E executor;
    final Thread thread;

    /** The container that is charged for the worker's own work. */
    final Container poolContainer;

    /** Where {@link #recordContainer} was called. */
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private final CountDownLatch opened = new CountDownLatch(1);

    SingleWorker(E executor) throws Exception {
        this.executor = executor;
        CompletableFuture<Thread> first = new CompletableFuture<>();
        executor.execute(() -> {
            first.complete(Thread.currentThread());
            Waits.await(opened);
        });
        thread = first.get();
        poolContainer = Containers.of(thread);
    }

    void executeFrom(Container container, Runnable task) {
        try (Scope scope = container.enter()) {
            executor.execute(task);
        }
    }

    void recordContainer() {
        String path = Containers.current().path();
        seen.add(path.equals(poolContainer.path()) ? "the pool's" : path);
    }

    void open() {
        opened.countDown();
    }

    @Override
    public void close() throws InterruptedException {
        open();
        executor.shutdown();
        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** Returns when the worker waits for a task or for a lock. */
    void awaitWaiting() {
        Waits.until(() -> thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
    }

    Container workingContainer() {
        Member member = Objects.requireNonNull(Members.known(thread));
        return member.working().container(Trees.MAIN).api();
    }

    /** With exact clocks, a container that is charged nothing was not switched to. */
    void assertChargedNothingBetweenTasksOfOneContainer() throws Exception {
        Usage[] usage = new Usage[2];
        executeFrom(A, () -> usage[0] = poolContainer.usage());
        for (int i = 0; i < 100; i++) {
            executeFrom(A, this::recordContainer);
        }
        executeFrom(A, () -> usage[1] = poolContainer.usage());
        close();
        assertThat(usage[1].cpuNanos()).isEqualTo(usage[0].cpuNanos()).isPositive();
    }

    void assertRunsEachTaskInItsSubmittersContainer() throws Exception {
        executeFrom(A, this::recordContainer);
        executeFrom(A, this::recordContainer);
        executeFrom(B, this::recordContainer);
        executor.execute(this::recordContainer);
        executeFrom(B, this::recordContainer);
        executeFrom(A, B::enter);
        executeFrom(A, this::recordContainer);
        close();
        assertThat(seen)
                .containsExactly(
                        "/kept/a", "/kept/a", "/kept/b", "the pool's", "/kept/b", "/kept/a");
    }

    void assertRunsTheTaskOfARemovedContainerInItsParent() throws Exception {
        Container removed = Containers.at("/kept/parent/removed");
        executeFrom(removed, this::recordContainer);
        executeFrom(removed, removed::remove);
        executeFrom(removed, this::recordContainer);
        close();
        assertThat(seen).containsExactly("/kept/parent/removed", "/kept/parent");
    }

    void assertWaitsInThePoolsContainer() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        executeFrom(A, () -> done.complete(null));
        open();
        done.get();
        awaitWaiting();
        assertThat(workingContainer()).isEqualTo(poolContainer);
    }
}
