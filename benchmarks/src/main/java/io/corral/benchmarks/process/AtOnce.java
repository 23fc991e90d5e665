package io.corral.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does two things at the same moment, time and again. */
final class AtOnce implements AutoCloseable {

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    /**
     * Waits for both, also where one fails.
     *
     * @return what both return
     */
    <T> List<T> call(Callable<T> one, Callable<T> other) throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> done : threads.invokeAll(List.of(one, other))) {
            try {
                results.add(done.get());
            } catch (ExecutionException failure) {
                throw new IOException(failure.getCause());
            }
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
