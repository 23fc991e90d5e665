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
    private static final class Seen {
        Step step = Step.UNKNOWN;

        @Nullable Container home;

        @Nullable Container place;

        /** The number of callbacks of this thread that are running. */
        final AtomicInteger running = new AtomicInteger();
    }

    private final String name;
    private final Map<Thread, Seen> threads = new ConcurrentHashMap<>();
    private final Map<Container, AtomicLong> members = new ConcurrentHashMap<>();
    private final Map<Container, AtomicLong> working = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    CallbackModel(String name) {
        this.name = name;
    }

    /** What was against the order, each with the thread. */
    List<String> violations() {
        return violations;
    }

    /** Threads that are members by what was told. */
    long live() {
        return threads.values().stream()
                .filter(seen -> seen.step == Step.MEMBER)
                .count();
    }

    /** Threads that were asked for, with neither a fork nor a cancellation. */
    long pending() {
        return threads.values().stream().filter(seen -> seen.step == Step.ASKED).count();
    }

    /** The containers whose counts are not those of the live threads. */
    Map<Container, Long> drift() {
        Map<Container, Long> drift = new ConcurrentHashMap<>();
        members.forEach((container, count) -> drift.merge(container, count.get(), Long::sum));
        Map<Container, Long> switches = new ConcurrentHashMap<>();
        working.forEach((container, count) -> switches.merge(container, count.get(), Long::sum));
        for (Seen seen : threads.values()) {
            if (seen.step == Step.MEMBER && seen.home != null && seen.place != null) {
                drift.merge(seen.home, -1L, Long::sum);
                switches.merge(seen.place, -1L, Long::sum);
            }
        }
        switches.forEach((container, count) -> drift.merge(container, count, Long::sum));
        drift.values().removeIf(count -> count == 0);
        return drift;
    }

    void forgetEnded() {
        threads.values().removeIf(seen -> seen.step == Step.ENDED || seen.step == Step.UNKNOWN);
    }

    void unregistered() {
        over = true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable Refusal canFork(Thread thread, Container container) {
        told("canFork", thread, seen -> {
            if (seen.step != Step.UNKNOWN) {
                return "asked again";
            }
            seen.step = Step.ASKED;
            seen.home = container;
            return null;
        });
        return null;
    }

    @Override
    public void cancelFork(Thread thread, Container container) {
        told("cancelFork", thread, seen -> {
            if (seen.step != Step.ASKED || seen.home != container) {
                return "not asked there";
            }
            seen.step = Step.UNKNOWN;
            return null;
        });
    }

    @Override
    public void fork(Thread thread, Container container) {
        told("fork", thread, seen -> {
            if (seen.step != Step.ASKED || seen.home != container) {
                return "not asked there";
            }
            arrive(seen, container);
            return null;
        });
    }

    @Override
    public void adopt(Thread thread, Container container) {
        told("adopt", thread, seen -> {
            if (seen.step != Step.UNKNOWN) {
                return "known";
            }
            arrive(seen, container);
            return null;
        });
    }

    private void arrive(Seen seen, Container container) {
        seen.step = Step.MEMBER;
        seen.home = container;
        seen.place = container;
        add(members, container, 1);
        add(working, container, 1);
    }

    @Override
    public void attach(Thread thread, Container from, Container to) {
        told("attach", thread, seen -> {
            if (seen.step != Step.MEMBER || seen.home != from) {
                return "from " + from + ", it was in " + seen.home + ", " + seen.step;
            }
            seen.home = to;
            add(members, from, -1);
            add(members, to, 1);
            return null;
        });
    }

    @Override
    public void switched(Thread thread, Container from, Container to) {
        told("switched", thread, seen -> {
            if (seen.step != Step.MEMBER || seen.place != from || from == to) {
                return "from " + from + " to " + to + ", it worked in " + seen.place + ", "
                        + seen.step;
            }
            seen.place = to;
            add(working, from, -1);
            add(working, to, 1);
            return null;
        });
    }

    @Override
    public void exit(Thread thread, Container container) {
        told("exit", thread, seen -> {
            if (seen.step != Step.MEMBER || seen.home != container || seen.place != container) {
                return "from " + container + ", it was in " + seen.home + ", worked in "
                        + seen.place + ", " + seen.step;
            }
            seen.step = Step.ENDED;
            add(members, container, -1);
            add(working, container, -1);
            return null;
        });
    }

    private interface Check {
        /** Returns what is wrong, or null. */
        @Nullable String of(Seen seen);
    }

    private void told(String callback, Thread thread, Check check) {
        Seen seen = threads.computeIfAbsent(thread, unused -> new Seen());
        String wrong = seen.running.getAndIncrement() > 0 ? "two callbacks at a time" : null;
        if (wrong == null) {
            wrong = check.of(seen);
        }
        seen.running.getAndDecrement();
        if (wrong != null && !over) {
            violations.add(name + "." + callback + " of " + thread.getName() + ": " + wrong);
        }
    }

    private static void add(Map<Container, AtomicLong> counts, Container container, long by) {
        counts.computeIfAbsent(container, unused -> new AtomicLong()).addAndGet(by);
    }
}
