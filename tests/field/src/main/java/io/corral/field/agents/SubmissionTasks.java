package io.corral.field.agents;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;

/** The objects by which some ways give a task to another thread. */
final class SubmissionTasks {

    private SubmissionTasks() {}

    record Comparative(Runnable task) implements Runnable, Comparable<Comparative> {
        @Override
        public void run() {
            task.run();
        }

        @Override
        public int compareTo(Comparative other) {
            return 0;
        }
    }

    /** A thread in the root that completes futures. */
    static final class Completer {

        private static final LinkedTransferQueue<CompletableFuture<Object>> WAITING =
                new LinkedTransferQueue<>();

        static void start() {
            Thread thread = new Thread(Completer::run, "ways-completer");
            thread.setDaemon(true);
            thread.start();
        }

        private static void run() {
            try {
                while (true) {
                    WAITING.take().complete("");
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        static void complete(CompletableFuture<Object> future) {
            WAITING.add(future);
        }
    }
}
