package io.corral.examples;

import io.corral.Container;
import io.corral.Refusal;
import io.corral.Subsystem;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the threads of a container and of those below it, of both kinds together, as the kernel's
 * pids controller does.
 *
 * <p>A start is refused where a limit would be exceeded, in its container or above. A move is never
 * refused, so {@link #current} can be above the limit, and a limit may be set below it. Then starts
 * are refused until threads end or leave.
 *
 * <p>Each thread is charged to its container and to all above, once: in {@code canFork} or
 * {@code adopt}, and until {@code cancelFork} or {@code exit}. Virtual threads that were members
 * before the registration are not counted.
 *
 * <p>It compiles with the API's jar alone, so it has no annotations for nulls.
 */
@SuppressWarnings("NullAway")
public final class ThreadsMax implements Subsystem {

    /** No limit. */
    public static final long MAX = Long.MAX_VALUE;

    /** The state of one container. */
    private static final class Count {

        final Container container;
        /** Null above the root. */
        final Count parent;

        /** Charged here and below. Any thread adds. A refused start is in it for a moment. */
        final AtomicLong current = new AtomicLong();

        /** Starts here and below that this limit refused. */
        final AtomicLong refused = new AtomicLong();

        volatile long max = MAX;

        Count(Container container, Count parent) {
            this.container = container;
            this.parent = parent;
        }

        /**
         * Charges all up to the root, and returns null. If one would be over its limit, charges
         * none and returns that.
         */
        Count tryCharge() {
            for (Count at = this; at != null; at = at.parent) {
                if (at.current.incrementAndGet() > at.max) {
                    uncharge(at);
                    return at;
                }
            }
            return null;
        }

        void charge() {
            for (Count at = this; at != null; at = at.parent) {
                at.current.incrementAndGet();
            }
        }

        /** @param last the last to uncharge; null is the root */
        void uncharge(Count last) {
            for (Count at = this; at != null; at = at.parent) {
                at.current.decrementAndGet();
                if (at == last) {
                    return;
                }
            }
        }
    }

    @Override
    public String name() {
        return "threads.max";
    }

    /** @throws IllegalArgumentException if {@code max} is negative, or the container a root */
    public void limit(Container container, long max) {
        if (max < 0 || container.parent() == null) {
            throw new IllegalArgumentException("threads.max of " + container + " can't be " + max
                    + "; expected 0 or more, or ThreadsMax.MAX, and no root");
        }
        count(container).max = max;
    }

    /** Threads that are charged to the container and those below it now. */
    public long current(Container container) {
        return count(container).current.get();
    }

    /** How many starts this container's own limit has refused. */
    public long refused(Container container) {
        return count(container).refused.get();
    }

    @Override
    public Object containerCreated(Container container) {
        Container parent = container.parent();
        return new Count(container, parent == null ? null : count(parent));
    }

    @Override
    public Refusal canFork(Thread thread, Container container) {
        Count limit = count(container).tryCharge();
        if (limit == null) {
            return null;
        }
        limit.refused.incrementAndGet();
        return new Refusal(
                limit.container + " has reached its limit of " + limit.max + " threads",
                limit.container,
                limit.max);
    }

    @Override
    public void cancelFork(Thread thread, Container container) {
        count(container).uncharge(null);
    }

    @Override
    public void adopt(Thread thread, Container container) {
        count(container).charge();
    }

    @Override
    public void exit(Thread thread, Container container) {
        count(container).uncharge(null);
    }

    /** Charges first, so that no count is below what is there. */
    @Override
    public void attach(Thread thread, Container from, Container to) {
        count(to).charge();
        count(from).uncharge(null);
    }

    private Count count(Container container) {
        if (container.state(this) instanceof Count known) {
            return known;
        }
        throw new IllegalStateException(
                "threads.max is not registered, or does not know of " + container + " yet");
    }
}
