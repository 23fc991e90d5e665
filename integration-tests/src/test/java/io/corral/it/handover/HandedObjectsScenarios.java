package io.corral.it.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Hierarchy;
import io.corral.Scope;
import io.corral.it.harness.Scenario;
import io.corral.it.harness.ThreadKind;
import io.corral.it.support.Latches;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The application sees its own task objects, and may submit and remove them in any order. */
final class HandedObjectsScenarios {

    private static final long TIMEOUT_SECONDS = 60;
    private static final int MOST_COLLECTIONS = 300;

    private HandedObjectsScenarios() {}

    @Scenario
    static void queueHoldsTheSubmittedObjectsAndTheyCanBeRemoved() throws Exception {
        BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        try (BusyPool pool = busyPool(queue);
                Scope scope = Containers.at("/handed/queue").enter()) {
            Runnable task = () -> {};
            Future<?> future = pool.submit(() -> {});
            pool.execute(task);
            assertThat(queue).containsExactly((Runnable) future, task);
            assertThat(pool.remove(task)).isTrue();
            assertThat(queue).containsExactly((Runnable) future);
        }
    }

    @Scenario
    static void comparatorsSeeTheSubmittedObjects() throws Exception {
        List<Object> compared = Collections.synchronizedList(new ArrayList<>());
        Runnable first = () -> {};
        Runnable second = () -> {};
        BlockingQueue<Runnable> queue = new PriorityBlockingQueue<>(4, (a, b) -> {
            compared.add(a);
            compared.add(b);
            return 0;
        });
        try (BusyPool pool = busyPool(queue);
                Scope scope = Containers.at("/handed/compared").enter()) {
            pool.execute(first);
            pool.execute(second);
            assertThat(compared).containsOnly(first, second);
        }
    }

    @Scenario
    static void subclassOfAPoolSeesTheSubmittedObjects() throws Exception {
        BusyPool pool = busyPool(new LinkedBlockingQueue<>());
        Runnable task = () -> {};
        try (Scope scope = Containers.at("/handed/told").enter()) {
            pool.execute(task);
        }
        pool.close();
        assertThat(pool.before).contains(task);
        assertThat(pool.after).contains(task);
    }

    @Scenario
    static void rejectedTaskIsTheSubmittedObjectAndLeavesNoRecord() throws Exception {
        List<Runnable> rejected = new ArrayList<>();
        Container container = Containers.at("/handed/rejected");
        Where where = new Where();
        try (BusyPool pool = busyPool(new ArrayBlockingQueue<>(1))) {
            pool.setRejectedExecutionHandler((task, by) -> rejected.add(task));
            pool.execute(() -> {});
            try (Scope scope = container.enter()) {
                pool.execute(where);
            }
            assertThat(rejected).containsExactly(where);
            pool.getQueue().clear();
            // From the root, which is not taken along.
            pool.execute(where);
        }
        assertThat(where.seen).containsExactly("/");
    }

    @Scenario
    static void objectSubmittedSeveralTimesRunsForEachSubmitterInOrder() throws Exception {
        for (BlockingQueue<Runnable> queue : queues()) {
            Where where = new Where();
            BusyPool pool = busyPool(queue);
            for (String path : List.of("/handed/a", "/handed/b", "/handed/a")) {
                try (Scope scope = Containers.at(path).enter()) {
                    pool.execute(where);
                }
            }
            pool.close();
            assertThat(where.seen)
                    .as(queue.getClass().getName())
                    .containsExactly("/handed/a", "/handed/b", "/handed/a");
        }
    }

    /** A rejected submission takes back its own record only. */
    @Scenario
    static void rejectionOfAWaitingObjectKeepsItsEarlierSubmitters() throws Exception {
        Where where = new Where();
        BusyPool pool = busyPool(new ArrayBlockingQueue<>(2));
        for (String path : List.of("/handed/first", "/handed/second", "/handed/late")) {
            boolean isLate = path.equals("/handed/late");
            try (Scope scope = Containers.at(path).enter()) {
                pool.execute(where);
                assertThat(isLate).as("taken").isFalse();
            } catch (RejectedExecutionException full) {
                assertThat(isLate).as("rejected").isTrue();
            }
        }
        pool.close();
        assertThat(where.seen).containsExactly("/handed/first", "/handed/second");
    }

    @Scenario
    static void objectThatTheRootSubmitsTooRunsInTheRootInItsTurn() throws Exception {
        Where where = new Where();
        BusyPool pool = busyPool(new LinkedBlockingQueue<>());
        pool.execute(where);
        try (Scope scope = Containers.at("/handed/between").enter()) {
            pool.execute(where);
        }
        pool.execute(where);
        pool.close();
        assertThat(where.seen).containsExactly("/", "/handed/between", "/");
    }

    /** One with fields for the submitters, and two that need a table. */
    private static List<BlockingQueue<Runnable>> queues() {
        return List.of(new LinkedBlockingQueue<>(), new LinkedBlockingDeque<>(), new Reversed());
    }

    /** Keeps its tasks in another queue. */
    private static final class Reversed extends LinkedBlockingQueue<Runnable> {

        private static final long serialVersionUID = 1;

        private final transient BlockingQueue<Runnable> kept = new LinkedBlockingDeque<>();

        @Override
        public boolean offer(Runnable task) {
            return kept.offer(task);
        }

        @Override
        public Runnable take() throws InterruptedException {
            return kept.take();
        }

        @Override
        public Runnable poll() {
            return kept.poll();
        }

        @Override
        public boolean remove(Object task) {
            return kept.remove(task);
        }

        @Override
        public boolean isEmpty() {
            return kept.isEmpty();
        }

        @Override
        public int size() {
            return kept.size();
        }

        @Override
        public Iterator<Runnable> iterator() {
            return kept.iterator();
        }
    }

    @Scenario
    static void firstTaskOfAWorkerRunsForItsSubmitter() throws Exception {
        for (BlockingQueue<Runnable> queue :
                List.of(new LinkedBlockingQueue<Runnable>(), new SynchronousQueue<Runnable>())) {
            Where where = new Where();
            ThreadPoolExecutor pool = new ThreadPoolExecutor(
                    0, 1, 60, TimeUnit.SECONDS, queue, task -> new Thread(task, "handed-1"));
            if (queue instanceof LinkedBlockingQueue) {
                pool.setCorePoolSize(1);
            }
            try (Scope scope = Containers.at("/handed/first").enter()) {
                pool.execute(where);
            }
            pool.shutdown();
            assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(where.seen).containsExactly("/handed/first");
        }
    }

    @Scenario
    static void virtualThreadsMayBeWorkers() throws Exception {
        if (!ThreadKind.VIRTUAL.isHere()) {
            return;
        }
        ThreadFactory virtual = ThreadKind.VIRTUAL::unstarted;
        Where where = new Where();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), virtual);
        for (String path : List.of("/handed/a", "/handed/b", "/handed/a")) {
            try (Scope scope = Containers.at(path).enter()) {
                pool.execute(where);
            }
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(where.seen).containsExactly("/handed/a", "/handed/b", "/handed/a");
    }

    @Scenario
    static void taskResubmittedByARejectionHandlerKeepsItsSubmitter() throws Exception {
        Where where = new Where();
        BusyPool pool = busyPool(new LinkedBlockingQueue<>(1));
        pool.execute(() -> {});
        pool.setRejectedExecutionHandler((task, by) -> {
            pool.open();
            try {
                by.getQueue().put(task);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        try (Scope scope = Containers.at("/handed/put").enter()) {
            pool.execute(where);
        }
        pool.close();
        assertThat(where.seen).containsExactly("/handed/put");
    }

    @Scenario
    static void taskTakenOutAndRunByAnotherTaskRunsInThatTasksContainer() throws Exception {
        Where where = new Where();
        BusyPool pool = busyPool(new LinkedBlockingQueue<>());
        try (Scope scope = Containers.at("/handed/helps").enter()) {
            pool.execute(() -> pool.getQueue().remove().run());
        }
        try (Scope scope = Containers.at("/handed/helped").enter()) {
            pool.execute(where);
        }
        pool.execute(where);
        pool.close();
        assertThat(where.seen).containsExactly("/handed/helps", "/");
    }

    @Scenario
    static void taskTakenOutByAnotherTaskIsCollected() throws Exception {
        BusyPool pool = busyPool(new LinkedBlockingQueue<>());
        CountDownLatch removed = new CountDownLatch(1);
        pool.execute(() -> {
            pool.getQueue().remove();
            removed.countDown();
        });
        WeakReference<Object> taken = submitWhere(pool);
        pool.open();
        removed.await();
        assertIsCollected(taken);
        pool.close();
    }

    @Scenario
    static void tasksThatAWorkerTakesFromQueuesBetweenItsRunsDoNotCount() throws Exception {
        Where where = new Where();
        BlockingQueue<Runnable> other = new LinkedBlockingQueue<>();
        BlockingQueue<Runnable> own = new LinkedBlockingQueue<>();
        List<Runnable> takenLast = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch opened = new CountDownLatch(1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, own) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
                if (task == where && !other.isEmpty()) {
                    other.remove();
                    own.remove();
                }
            }

            @Override
            protected void afterExecute(Runnable task, Throwable failure) {
                if (task == where && !own.isEmpty()) {
                    takenLast.add(own.remove());
                }
            }
        };
        pool.execute(() -> Latches.await(opened));
        try (Scope scope = Containers.at("/handed/elsewhere").enter()) {
            other.put(() -> {});
        }
        try (Scope scope = Containers.at("/handed/mine").enter()) {
            pool.execute(where);
        }
        try (Scope scope = Containers.at("/handed/skipped").enter()) {
            pool.execute(new Where());
            pool.execute(where);
        }
        opened.countDown();
        while (takenLast.isEmpty()) {
            Thread.onSpinWait();
        }
        // This time from the root, which is not taken along.
        pool.execute(takenLast.get(0));
        pool.shutdown();
        assertThat(pool.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(where.seen).containsExactly("/handed/mine", "/");
    }

    @Scenario
    static void poolOfVirtualThreadsThatIsGivenUpIsCollected() {
        if (!ThreadKind.VIRTUAL.isHere()) {
            return;
        }
        // The JVM keeps a virtual thread that has loaded a class while an agent transforms classes.
        giveUpPoolOfVirtualThreads();
        assertIsCollected(giveUpPoolOfVirtualThreads());
    }

    private static WeakReference<Object> giveUpPoolOfVirtualThreads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                ThreadKind.VIRTUAL::unstarted);
        CountDownLatch ran = new CountDownLatch(1);
        try (Scope scope = Containers.at("/handed/given-up").enter()) {
            pool.execute(ran::countDown);
        }
        Latches.await(ran);
        return new WeakReference<>(pool.getQueue());
    }

    @Scenario
    static void workerWithinATaskOfAnotherPoolKeepsTheSubmittersApart() throws Exception {
        Where where = new Where();
        ThreadPoolExecutor outer =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        ThreadPoolExecutor inner = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(() -> outer.execute(work)));
        // Its shutdown interrupts the thread made for the worker, not the one that runs it.
        inner.allowCoreThreadTimeOut(true);
        try (Scope scope = Containers.at("/handed/inner").enter()) {
            inner.execute(where);
        }
        inner.shutdown();
        assertThat(inner.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        try (Scope scope = Containers.at("/handed/outer").enter()) {
            outer.execute(where);
        }
        outer.shutdown();
        assertThat(outer.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(where.seen).containsExactly("/handed/inner", "/handed/outer");
    }

    @Scenario
    static void taskTakenFromAQueueWithoutAPoolIsCollected() throws Exception {
        BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        WeakReference<Object> taken = putAndTake(queue);
        assertIsCollected(taken);
    }

    private static WeakReference<Object> putAndTake(BlockingQueue<Runnable> queue)
            throws InterruptedException {
        try (Scope scope = Containers.at("/handed/no-pool").enter()) {
            queue.put(new Where());
        }
        return new WeakReference<>(queue.take());
    }

    @Scenario
    static void taskThatWasRunIsCollectedWhileItsWorkerWaits() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "lets-go-1"));
        WeakReference<Object> run = submitWhere(pool);
        pool.submit(() -> {}).get();
        assertIsCollected(run);
        pool.shutdown();
    }

    private static WeakReference<Object> submitWhere(ThreadPoolExecutor pool) {
        Where where = new Where();
        try (Scope scope = Containers.at("/handed/let-go").enter()) {
            pool.execute(where);
        }
        return new WeakReference<>(where);
    }

    @Scenario
    static void removedTaskLeavesNoRecord() throws Exception {
        for (BlockingQueue<Runnable> queue : queues()) {
            Where where = new Where();
            BusyPool pool = busyPool(queue);
            try (Scope scope = Containers.at("/handed/removed").enter()) {
                pool.execute(where);
            }
            assertThat(pool.remove(where)).isTrue();
            try (Scope scope = Containers.at("/handed/other").enter()) {
                pool.execute(where);
            }
            pool.close();
            assertThat(where.seen).as(queue.getClass().getName()).containsExactly("/handed/other");
        }
    }

    @Scenario
    static void scopeThatATaskForgetsToCloseIsClosed() throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "forgetful-1"));
        Container container = Containers.at("/handed/forgotten");
        pool.submit(() -> container.enter()).get();
        assertThat(pool.submit(() -> Containers.current().path()).get())
                .isEqualTo("/pools/forgetful");
        try (Scope scope = Containers.at("/handed/submitter").enter()) {
            pool.submit(() -> container.enter()).get();
            assertThat(pool.submit(() -> Containers.current().path()).get())
                    .isEqualTo("/handed/submitter");
        }
        pool.shutdown();
    }

    @Scenario
    static void scopeThatARepeatedTaskForgetsToCloseIsClosed() throws Exception {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        Container forgotten = Containers.at("/handed/forgotten-again");
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch thrice = new CountDownLatch(3);
        try (Scope scope = Containers.at("/handed/repeats").enter()) {
            pool.scheduleAtFixedRate(
                    () -> {
                        seen.add(Containers.current().path());
                        forgotten.enter();
                        thrice.countDown();
                    },
                    0,
                    1,
                    TimeUnit.MILLISECONDS);
        }
        thrice.await();
        pool.shutdownNow();
        assertThat(seen).containsOnly("/handed/repeats");
    }

    @Scenario
    static void scopeThatAForkJoinTaskForgetsToCloseIsClosed() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        Container container = Containers.at("/handed/forgotten-there");
        pool.submit(() -> container.enter()).get();
        assertThat(pool.submit(() -> Containers.current().path()).get())
                .matches("/pools/ForkJoinPool-\\d+-worker");
        pool.shutdown();
    }

    @Scenario
    static void taskOfARemovedContainerRunsInItsParent() throws Exception {
        Container removed = Containers.at("/handed/parent/removed");
        Where where = new Where();
        BusyPool pool = busyPool(new LinkedBlockingQueue<>());
        try (Scope scope = removed.enter()) {
            pool.execute(where);
        }
        removed.remove();
        pool.close();
        assertThat(where.seen).containsExactly("/handed/parent");
    }

    @Scenario
    static void objectSubmittedManyTimesRunsForEachSubmitterInOrder() throws Exception {
        for (BlockingQueue<Runnable> queue : queues()) {
            Where where = new Where();
            BusyPool pool = busyPool(queue);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 30_000; i++) {
                String path = i % 3 == 0 ? "/handed/a" : "/handed/b";
                expected.add(path);
                try (Scope scope = Containers.at(path).enter()) {
                    pool.execute(where);
                }
            }
            pool.close();
            assertThat(where.seen).as(queue.getClass().getName()).isEqualTo(expected);
        }
    }

    @Scenario
    static void taskKeepsThePoolsContainerInOtherHierarchies() throws Exception {
        Hierarchy tenants = Containers.hierarchy("handed-tenants");
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "ways-1"));
        pool.submit(() -> {}).get();
        try (Scope scope = tenants.at("/acme").enter()) {
            assertThat(pool.submit(() -> Containers.current().path() + " "
                                    + tenants.current().path())
                            .get())
                    .isEqualTo("/pools/ways /acme");
        }
        assertThat(pool.submit(() -> tenants.current().path()).get()).isEqualTo("/");
        pool.shutdown();
    }

    @Scenario
    static void taskThatThrowsEndsItsScope() throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(1, task -> new Thread(task, "throws-1"));
        try (Scope scope = Containers.at("/handed/throws").enter()) {
            Future<?> failing = pool.submit(() -> {
                throw new IllegalStateException("on purpose");
            });
            assertThat(org.assertj.core.api.Assertions.catchThrowable(failing::get))
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(pool.submit(() -> Containers.current().path()).get()).isEqualTo("/pools/throws");
        pool.shutdown();
    }

    @Scenario
    static void callerThatRunsATaskItselfStaysInItsContainer() throws Exception {
        Container container = Containers.at("/handed/caller");
        Where where = new Where();
        try (BusyPool pool = busyPool(new ArrayBlockingQueue<>(1))) {
            pool.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
            pool.execute(() -> {});
            try (Scope scope = container.enter()) {
                pool.execute(where);
                assertThat(Containers.current()).isSameAs(container);
            }
        }
        assertThat(where.seen).containsExactly("/handed/caller");
    }

    private static void assertIsCollected(WeakReference<Object> object) {
        for (int i = 0; i < MOST_COLLECTIONS && object.get() != null; i++) {
            System.gc();
        }
        assertThat(object.get()).isNull();
    }

    /** Records the container in which it runs. */
    private static final class Where implements Runnable {

        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void run() {
            String path = Containers.current().path();
            seen.add(path.startsWith("/pools/") ? "/" : path);
        }
    }

    private static BusyPool busyPool(BlockingQueue<Runnable> queue) {
        return new BusyPool("handed-1", queue);
    }
}
