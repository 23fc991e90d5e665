package io.corral.integration.handover;

import java.util.List;

/** Another agent, which loads the classes of tasks. A manifest names it. */
public final class TaskLoadingAgent {

    private static final List<String> LOADED = List.of(
            "java.util.concurrent.ForkJoinTask",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ForkJoinPool$WorkQueue",
            "java.util.concurrent.CompletableFuture$AsyncRun",
            "java.util.concurrent.SubmissionPublisher$ConsumerTask",
            "java.util.concurrent.CompletableFuture$AsyncSupply",
            "java.util.concurrent.CompletableFuture$UniApply",
            "java.util.concurrent.LinkedBlockingQueue",
            "java.util.concurrent.LinkedBlockingQueue$Node",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
            "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask",
            "java.util.concurrent.ThreadPoolExecutor$Worker",
            "java.util.Timer",
            "java.util.TimerThread",
            "java.util.TimerTask");

    private TaskLoadingAgent() {}

    public static void premain(String options) throws ClassNotFoundException {
        for (String each : LOADED) {
            Class.forName(each);
        }
    }
}
