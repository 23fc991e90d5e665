package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.Containers;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;

/** Shared code of hand-over scenarios. */
final class HandOverFixtures {

    private static final int MAX_COLLECTIONS = 300;

    private HandOverFixtures() {}

    /** One pool with fields for the submitters, and two that need a table. */
    static List<BlockingQueue<Runnable>> queues() {
        return List.of(
                new LinkedBlockingQueue<>(), new LinkedBlockingDeque<>(), new DelegatingQueue());
    }

    /** Keeps its tasks in another queue. */
    static final class DelegatingQueue extends LinkedBlockingQueue<Runnable> {

        static final long serialVersionUID = 1;

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

    static void assertIsCollected(WeakReference<Object> object) {
        for (int i = 0; i < MAX_COLLECTIONS && object.get() != null; i++) {
            System.gc();
        }
        assertThat(object.get()).isNull();
    }

    /** Records the container in which it runs. */
    static final class PathRecorder implements Runnable {

        final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void run() {
            String path = Containers.current().path();
            seen.add(path.startsWith("/pools/") ? "/" : path);
        }
    }

    static BusyPool busyPool(BlockingQueue<Runnable> queue) {
        return new BusyPool("handed-1", queue);
    }
}
