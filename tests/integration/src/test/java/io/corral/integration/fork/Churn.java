package io.corral.integration.fork;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads that start in containers of two hierarchies, move about in both, and end. */
final class Churn {

    private static final int STARTERS = 4;
    private static final int CONTAINERS = 4;
    private static final int MOVES = 6;

    private final ThreadKind kind;
    private final int threads;

    /** The parents, in each of two hierarchies, of the threads' containers. */
    final List<Container> tops;

    private final List<Thread> starters = new ArrayList<>();
    final List<Thread> lasting = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch settled;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    /** Each pair brackets an action: the first is counted before it, the second after it. */
    final AtomicInteger starting = new AtomicInteger();

    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger ending = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();
    final AtomicInteger moving = new AtomicInteger();
    final AtomicInteger moved = new AtomicInteger();

    /** Starts {@code threads} threads; every other one stays until {@link #end()}. */
    Churn(ThreadKind kind, int threads) {
        this.kind = kind;
        this.threads = threads;
        this.tops = List.of(
                Containers.at("/churn-" + kind),
                Containers.hierarchy("churn").at("/churn-" + kind));
        this.settled = new CountDownLatch(threads / 2);
    }

    void start() {
        for (int i = 0; i < STARTERS; i++) {
            Thread starter = new Thread(this::startShare);
            starter.start();
            starters.add(starter);
        }
    }

    private void startShare() {
        List<Thread> brief = new ArrayList<>();
        for (int i = 0; i < threads / STARTERS; i++) {
            boolean lasts = i % 2 == 0;
            Thread thread = kind.unstarted(() -> runMoves(lasts));
            starting.incrementAndGet();
            any(tops.get(0)).run(() -> any(tops.get(1)).run(thread::start));
            (lasts ? lasting : brief).add(thread);
        }
        for (Thread thread : brief) {
            ThreadKind.join(thread);
            ended.incrementAndGet();
        }
    }

    private void runMoves(boolean lasts) {
        running.incrementAndGet();
        try {
            for (int i = 0; i < MOVES; i++) {
                move(tops.get(i % tops.size()));
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
        if (lasts) {
            settled.countDown();
            Waits.await(end);
        }
        ending.incrementAndGet();
    }

    private void move(Container top) {
        Thread self = Thread.currentThread();
        Hierarchy hierarchy = top.hierarchy();
        Container target = any(top);
        moving.incrementAndGet();
        target.attach(self);
        moved.incrementAndGet();
        assertThat(hierarchy.current()).isSameAs(target);
        assertThat(hierarchy.of(self)).isSameAs(target);
    }

    private static Container any(Container top) {
        return top.at("c" + ThreadLocalRandom.current().nextInt(CONTAINERS));
    }

    boolean isSettled() {
        return settled.getCount() == 0 && starters.stream().noneMatch(Thread::isAlive);
    }

    /** Ends the remaining threads and waits for them. */
    void end() throws Exception {
        end.countDown();
        for (Thread thread : lasting) {
            thread.join();
        }
        if (failure != null) {
            throw new AssertionError(failure);
        }
    }
}
