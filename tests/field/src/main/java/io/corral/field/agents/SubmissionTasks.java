package io.corral.field.agents;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RecursiveAction;

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

    /** Forks a task that runs after this one: a worker runs it, or another steals it. */
    static final class Forking extends RecursiveAction {

        private static final long serialVersionUID = 1;

        private final transient Runnable task;

        Forking(Runnable task) {
            this.task = task;
        }

        @Override
        protected void compute() {
            ForkJoinTask.adapt(task).fork();
        }
    }

    static final class Own extends Thread {

        private final Runnable task;

        Own(Runnable task) {
            super("ways-own");
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
        }
    }

    static final class Running implements Flow.Subscriber<Runnable> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(8);
        }

        @Override
        public void onNext(Runnable task) {
            task.run();
        }

        @Override
        public void onError(Throwable thrown) {}

        @Override
        public void onComplete() {}
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
