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
 * The metrics endpoints of several JVMs. All are read at the same time. The first reading waits for
 * all of them. Later, one that does not answer in time delays the others once: after that no
 * reading waits for it, until it has answered. Not thread-safe.
 */
public final class Endpoints {

    /** How long a reading waits for answers, but the first. */
    private static final int PATIENCE_MILLIS = 2_000;

    /** How long a reading waits for endpoints that did not answer the last time. */
    private static final int GRACE_MILLIS = 200;

    /** How long a request may take, and how long the first reading waits. */
    private static final int LONGEST_MILLIS = 10_000;

    private final List<Pending> all = new ArrayList<>();
    private final int patienceMillis;
    private final int longestMillis;
    private boolean isFirst = true;

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
        all.forEach(Pending::begin);
        long begin = System.nanoTime();
        int patience = isFirst ? longestMillis : patienceMillis;
        isFirst = false;
        for (Pending each : all) {
            int millis = each.hasAnswered ? patience : GRACE_MILLIS;
            each.await(begin + TimeUnit.MILLISECONDS.toNanos(millis) - System.nanoTime());
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

        /** Whether the last request had an answer in time. */
        private boolean hasAnswered = true;

        /** What was wrong at the last request; empty if nothing was. */
        private String problem = "";

        Pending(Endpoint endpoint, String jvm) {
            this.endpoint = endpoint;
            this.jvm = jvm;
        }

        /** Does nothing if the last request has had no answer yet. */
        void begin() {
            if (request != null) {
                return;
            }
            Callable<Export> read = () -> endpoint.read(longestMillis);
            request = new FutureTask<>(read);
            beginNanos = System.nanoTime();
            Thread thread = new Thread(request, "corral " + jvm);
            thread.setDaemon(true);
            thread.start();
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
                hasAnswered = false;
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNanos);
                return new Answer(
                        jvm,
                        null,
                        problem.isEmpty()
                                ? endpoint.uri() + ": no answer for " + seconds + " s"
                                : problem);
            }
            request = null;
            try {
                Export export = begun.get();
                hasAnswered = true;
                problem = "";
                return new Answer(jvm, export, null);
            } catch (ExecutionException failure) {
                Throwable cause = failure.getCause();
                String message = String.valueOf(cause == null ? failure : cause.getMessage());
                hasAnswered = false;
                problem = message.lines().findFirst().orElse("");
                return new Answer(jvm, null, problem);
            }
        }
    }
}
