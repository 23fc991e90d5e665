package io.corral.examples.service;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Does a request's work with threads of its own: the request's, a platform and a virtual thread. */
final class Crew {

    /** How many units each thread does. */
    static final int UNITS_EACH = 3;

    /** How many units a request does. */
    static final int UNITS = 3 * UNITS_EACH;

    private Crew() {}

    /** Does all units of one request and waits for the threads to end. */
    static List<String> work(Work work) throws ExecutionException, InterruptedException {
        FutureTask<List<String>> first = new FutureTask<>(units(work, 0));
        FutureTask<List<String>> second = new FutureTask<>(units(work, UNITS_EACH));
        FutureTask<List<String>> third = new FutureTask<>(units(work, 2 * UNITS_EACH));
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

    private static Callable<List<String>> units(Work work, int from) {
        return () -> {
            List<String> results = new ArrayList<>();
            for (int i = from; i < from + UNITS_EACH; i++) {
                results.add(work.unit(i));
            }
            return results;
        };
    }
}
