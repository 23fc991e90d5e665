package io.corral.examples.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Does a request's work on the request's thread, or on three threads: the request's own, a new
 * platform thread and a new virtual thread.
 */
final class RequestThreads {

    /** The units of each of three threads. */
    private static final int UNITS_EACH = 3;

    /** The units of a request. */
    static final int UNITS = 3 * UNITS_EACH;

    private RequestThreads() {}

    /** Does all units of one request and waits for the threads to end. */
    static List<String> work(Work work) throws ExecutionException, InterruptedException {
        return work.isShared() ? onThree(work) : onOne(work);
    }

    private static List<String> onOne(Work work) throws ExecutionException {
        try {
            return units(work, 0, UNITS).call();
        } catch (Exception e) {
            throw new ExecutionException(e);
        }
    }

    private static List<String> onThree(Work work) throws ExecutionException, InterruptedException {
        FutureTask<List<String>> first = new FutureTask<>(units(work, 0, UNITS_EACH));
        FutureTask<List<String>> second = new FutureTask<>(units(work, UNITS_EACH, UNITS_EACH));
        FutureTask<List<String>> third = new FutureTask<>(units(work, 2 * UNITS_EACH, UNITS_EACH));
        Thread platform = new Thread(first, "crew");
        platform.start();
        Thread virtual = VirtualThreads.start(second);
        third.run();
        platform.join();
        virtual.join();
        List<String> results = new ArrayList<>(first.get());
        results.addAll(second.get());
        results.addAll(third.get());
        return results;
    }

    private static Callable<List<String>> units(Work work, int from, int count) {
        return () -> {
            List<String> results = new ArrayList<>();
            for (int i = from; i < from + count; i++) {
                results.add(work.unit(i));
            }
            return results;
        };
    }
}
