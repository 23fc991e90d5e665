package io.corral.runtime.thread;

import io.corral.ForkRefusedException;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;

import org.jspecify.annotations.Nullable;

/**
 * Counts threads in their homes for the limits of their number. A thread is counted after its home
 * was pinned, and counted out before it is unpinned. Without a limit, only {@link #counter} is
 * read.
 */
public final class HomeCounts {

    /** Implemented by the package {@code control}. */
    public interface Counter {

        /**
         * Called on the starter.
         *
         * @return {@link #ADMITTED}, {@link #EXCESS}, or why a limit refuses the thread; then it is
         *     not counted
         */
        Verdict start(Thread child, Membership home);

        /** Counts an adopted thread. */
        void adopt(Membership home);

        /** @param isExcess what {@link #start} has returned for the thread */
        void leave(Membership home, boolean isExcess);

        /** The thread was moved from one container to another of the same hierarchy. */
        void move(ContainerNode from, ContainerNode to, boolean isExcess);
    }

    /** What the limits say to a start. */
    public interface Verdict {

        /** Called on the starter if the thread is refused, after its pin was undone. */
        ForkRefusedException refusal(Thread child, Membership home);
    }

    public static final Verdict ADMITTED = new Admitted();

    /** The thread is counted as one that a limit in monitor mode would have refused. */
    public static final Verdict EXCESS = new Admitted();

    private static final class Admitted implements Verdict {
        @Override
        public ForkRefusedException refusal(Thread child, Membership home) {
            throw new IllegalStateException("admitted");
        }
    }

    private static volatile @Nullable Counter counter;

    private HomeCounts() {}

    /** A call initializes this class. */
    public static void initialize() {}

    /** @param next null if there is no limit */
    public static void counter(@Nullable Counter next) {
        counter = next;
    }

    /**
     * Called on the starter, after the pin; undoes the pin if it throws.
     *
     * @return whether the thread is {@link #EXCESS}
     * @throws ForkRefusedException if a limit refuses the thread
     */
    public static boolean start(Thread child, Membership home) {
        Counter known = counter;
        if (known == null) {
            return false;
        }
        Verdict verdict = null;
        try {
            verdict = known.start(child, home);
        } finally {
            if (verdict != ADMITTED && verdict != EXCESS) {
                // Before the refusal is made, so that the thread is hardly ever pinned and not
                // counted when the count is audited.
                home.withdraw();
            }
        }
        if (verdict == ADMITTED || verdict == EXCESS) {
            return verdict == EXCESS;
        }
        throw verdict.refusal(child, home);
    }

    /** Called after the pin of a thread that is adopted. */
    public static void adopt(Membership home) {
        Counter known = counter;
        if (known != null) {
            try {
                known.adopt(home);
            } catch (Throwable failure) {
                HookFailures.CONTROL.report(failure);
            }
        }
    }

    /** Called before the unpin of a thread that ends, or whose start or adoption is undone. */
    @ReservedStack
    public static void leave(Membership home, boolean isExcess) {
        Counter known = counter;
        if (known != null) {
            try {
                known.leave(home, isExcess);
            } catch (Throwable failure) {
                HookFailures.CONTROL.report(failure);
            }
        }
    }

    /** Called by a mover while the thread is pinned at both. */
    @ReservedStack
    static void move(ContainerNode from, ContainerNode to, boolean isExcess) {
        Counter known = counter;
        if (known != null) {
            try {
                known.move(from, to, isExcess);
            } catch (Throwable failure) {
                HookFailures.CONTROL.report(failure);
            }
        }
    }
}
