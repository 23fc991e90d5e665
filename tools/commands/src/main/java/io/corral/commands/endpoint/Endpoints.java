package io.corral.commands.endpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The metrics endpoints of several JVMs. All are read at the same time. One that does not answer in
 * time delays the others once: at later readings nobody waits for it, until it has answered. Not
 * thread-safe.
 */
public final class Endpoints {

    /** How long a reading waits for answers. */
    private static final int PATIENCE_MILLIS = 2_000;

    /** How long a request may take that no reading waits for. */
    private static final int LONGEST_MILLIS = 10_000;

    private final List<Pending> all = new ArrayList<>();
    private final int patienceMillis;
    private final int longestMillis;

    private Endpoints(Set<Endpoint> endpoints, int patienceMillis, int longestMillis) {
        this.patienceMillis = patienceMillis;
        this.longestMillis = longestMillis;
        Set<String> names = new HashSet<>();
        Set<String> ambiguous = new HashSet<>();
        endpoints.forEach(each -> {
            if (!names.add(each.name())) {
                ambiguous.add(each.name());
            }
        });
        endpoints.forEach(each -> all.add(new Pending(
                each, ambiguous.contains(each.name()) ? each.uri().toString() : each.name())));
    }

    /** Whether a word on the command line is an endpoint. */
    public static boolean isUrl(String text) {
        return Endpoint.isUrl(text);
    }

    /**
     * @param urls with or without a path; one that is there twice is read once
     * @throws IOException if one is no URL; the message says what is expected
     */
    public static Endpoints of(List<String> urls) throws IOException {
        return of(urls, PATIENCE_MILLIS, LONGEST_MILLIS);
    }

    static Endpoints of(List<String> urls, int patienceMillis, int longestMillis)
            throws IOException {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (String url : urls) {
            endpoints.add(Endpoint.of(url));
        }
        return new Endpoints(endpoints, patienceMillis, longestMillis);
    }

    /** The names of the JVMs, in the order of the URLs. */
    public List<String> jvms() {
        return all.stream().map(each -> each.jvm).toList();
    }

    /** Reads all endpoints. The answers have the order of the URLs. */
    public List<Answer> read() throws InterruptedException {
        List<Pending> begun = all.stream().filter(Pending::begin).toList();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        for (Pending each : begun) {
            each.await(deadline - System.nanoTime());
        }
        List<Answer> answers = new ArrayList<>();
        for (Pending each : all) {
            answers.add(each.answer());
        }
        return answers;
    }

    /** An endpoint, and the request that is on its way to it. */
    private final class Pending {

        private final Endpoint endpoint;
        private final String jvm;
        private @Nullable FutureTask<Export> request;
        private long beginNanos;

        Pending(Endpoint endpoint, String jvm) {
            this.endpoint = endpoint;
            this.jvm = jvm;
        }

        /** @return false if the last request has had no answer yet */
        boolean begin() {
            if (request != null) {
                return false;
            }
            Callable<Export> read = () -> endpoint.read(longestMillis);
            request = new FutureTask<>(read);
            beginNanos = System.nanoTime();
            Thread thread = new Thread(request, "corral " + jvm);
            thread.setDaemon(true);
            thread.start();
            return true;
        }

        void await(long nanos) throws InterruptedException {
            FutureTask<Export> begun = request;
            if (begun != null) {
                try {
                    begun.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
                } catch (TimeoutException | ExecutionException shownInTheAnswer) {
                    // The answer says so.
                }
            }
        }

        Answer answer() throws InterruptedException {
            FutureTask<Export> begun = request;
            if (begun == null || !begun.isDone()) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNanos);
                return new Answer(jvm, null, endpoint.uri() + ": no answer for " + seconds + " s");
            }
            request = null;
            try {
                return new Answer(jvm, begun.get(), null);
            } catch (ExecutionException failure) {
                Throwable cause = failure.getCause();
                String message = String.valueOf(cause == null ? failure : cause.getMessage());
                return new Answer(jvm, null, message.lines().findFirst().orElse(""));
            }
        }
    }
}
