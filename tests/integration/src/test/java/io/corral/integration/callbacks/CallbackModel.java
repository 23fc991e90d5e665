package io.corral.integration.callbacks;

import io.corral.Container;
import io.corral.Refusal;
import io.corral.Subsystem;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A subsystem that holds its callbacks against the order in {@link Subsystem}'s javadoc. It keeps a
 * state for each thread, and counts of members and of working threads for each container.
 */
final class CallbackModel implements Subsystem {

    private enum Step {
        UNKNOWN,
        ASKED,
        MEMBER,
        ENDED
    }

    /** What was told of one thread. */
    private static final class ThreadHistory {
        Step step = Step.UNKNOWN;

        @Nullable Container home;

        @Nullable Container place;

        /** The number of callbacks of this thread that are running. */
        final AtomicInteger running = new AtomicInteger();
    }

    private final String name;
    private final Map<Thread, ThreadHistory> threads = new ConcurrentHashMap<>();
    private final Map<Container, AtomicLong> members = new ConcurrentHashMap<>();
    private final Map<Container, AtomicLong> working = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    CallbackModel(String name) {
        this.name = name;
    }

    /** What was against the order, each with the thread. */
    List<String> violations() {
        return violations;
    }

    /** Threads that are members by what was told. */
    long memberThreads() {
        return threads.values().stream()
                .filter(history -> history.step == Step.MEMBER)
                .count();
    }

    /** Threads that were asked for, with neither a fork nor a cancellation. */
    long pending() {
        return threads.values().stream()
                .filter(history -> history.step == Step.ASKED)
                .count();
    }

    /** The containers whose counts are not those of the live threads. */
    Map<Container, Long> drift() {
        Map<Container, Long> drift = new ConcurrentHashMap<>();
        members.forEach((container, count) -> drift.merge(container, count.get(), Long::sum));
        Map<Container, Long> switches = new ConcurrentHashMap<>();
        working.forEach((container, count) -> switches.merge(container, count.get(), Long::sum));
        for (ThreadHistory history : threads.values()) {
            if (history.step == Step.MEMBER && history.home != null && history.place != null) {
                drift.merge(history.home, -1L, Long::sum);
                switches.merge(history.place, -1L, Long::sum);
            }
        }
        switches.forEach((container, count) -> drift.merge(container, count, Long::sum));
        drift.values().removeIf(count -> count == 0);
        return drift;
    }

    void forgetEnded() {
        threads.values()
                .removeIf(history -> history.step == Step.ENDED || history.step == Step.UNKNOWN);
    }

    void unregistered() {
        ended = true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Refusal canFork(Thread thread, Container container) {
        record("canFork", thread, history -> {
            if (history.step != Step.UNKNOWN) {
                return "asked again";
            }
            history.step = Step.ASKED;
            history.home = container;
            return null;
        });
        return null;
    }

    @Override
    public void cancelFork(Thread thread, Container container) {
        record("cancelFork", thread, history -> {
            if (history.step != Step.ASKED || history.home != container) {
                return "not asked there";
            }
            history.step = Step.UNKNOWN;
            return null;
        });
    }

    @Override
    public void fork(Thread thread, Container container) {
        record("fork", thread, history -> {
            if (history.step != Step.ASKED || history.home != container) {
                return "not asked there";
            }
            arrive(history, container);
            return null;
        });
    }

    @Override
    public void adopt(Thread thread, Container container) {
        record("adopt", thread, history -> {
            if (history.step != Step.UNKNOWN) {
                return "known";
            }
            arrive(history, container);
            return null;
        });
    }

    private void arrive(ThreadHistory history, Container container) {
        history.step = Step.MEMBER;
        history.home = container;
        history.place = container;
        add(members, container, 1);
        add(working, container, 1);
    }

    @Override
    public void attach(Thread thread, Container from, Container to) {
        record("attach", thread, history -> {
            if (history.step != Step.MEMBER || history.home != from) {
                return "from " + from + ", it was in " + history.home + ", " + history.step;
            }
            history.home = to;
            add(members, from, -1);
            add(members, to, 1);
            return null;
        });
    }

    @Override
    public void switched(Thread thread, Container from, Container to) {
        record("switched", thread, history -> {
            if (history.step != Step.MEMBER || history.place != from || from == to) {
                return "from " + from + " to " + to + ", it worked in " + history.place + ", "
                        + history.step;
            }
            history.place = to;
            add(working, from, -1);
            add(working, to, 1);
            return null;
        });
    }

    @Override
    public void exit(Thread thread, Container container) {
        record("exit", thread, history -> {
            if (history.step != Step.MEMBER
                    || history.home != container
                    || history.place != container) {
                return "from " + container + ", it was in " + history.home + ", worked in "
                        + history.place + ", " + history.step;
            }
            history.step = Step.ENDED;
            add(members, container, -1);
            add(working, container, -1);
            return null;
        });
    }

    private interface Check {
        /** Returns what is wrong, or null. */
        @Nullable String of(ThreadHistory history);
    }

    private void record(String callback, Thread thread, Check check) {
        ThreadHistory history = threads.computeIfAbsent(thread, unused -> new ThreadHistory());
        String wrong = history.running.getAndIncrement() > 0 ? "two callbacks at a time" : null;
        if (wrong == null) {
            wrong = check.of(history);
        }
        history.running.getAndDecrement();
        if (wrong != null && !ended) {
            violations.add(name + "." + callback + " of " + thread.getName() + ": " + wrong);
        }
    }

    private static void add(Map<Container, AtomicLong> counts, Container container, long by) {
        counts.computeIfAbsent(container, unused -> new AtomicLong()).addAndGet(by);
    }
}
