package io.corral.runtime.control;

import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.thread.HomeCounts;

/** The limit {@code threads.max} of a container refuses a start. */
final class ThreadRefusal implements HomeCounts.Verdict {

    /**
     * Created in advance, for use if memory is exhausted. (Its stack trace does not show the
     * start.)
     */
    @SuppressWarnings("StaticAssignmentOfThrowable")
    private static final ForkRefusedException UNEXPLAINED = new ForkRefusedException(
            "Thread not started: a limit threads.max refused, and to say why failed");

    private final ContainerControl limit;

    ThreadRefusal(ContainerControl limit) {
        this.limit = limit;
    }

    /** Counts it. Returns the prepared exception if there is no memory for the reason. */
    @Override
    public ForkRefusedException refusal(Thread child, Membership home) {
        limit.threads.refused.incrementAndGet();
        ContainerNode node = limit.container();
        while (node != null) {
            ContainerControl own = Control.of(node);
            if (own != null) {
                own.threads.refusedBelow.incrementAndGet();
            }
            node = node.parent();
        }
        try {
            limit.notices.exceeded(LimitNames.THREADS_MAX, false);
            return explained(child, home.container(limit.container().hierarchy()));
        } catch (StackOverflowError doesNotStart) {
            throw doesNotStart;
        } catch (Throwable failure) {
            return UNEXPLAINED;
        }
    }

    private ForkRefusedException explained(Thread child, ContainerNode container) {
        LimitSettings.ThreadsMax setting = limit.settings().threadsMax();
        long max = limit.limitOf(LimitNames.THREADS_MAX);
        String reason =
                "limit " + LimitNames.THREADS_MAX + " of " + limit.container().path()
                        + " is " + max + ", " + limit.threads.current() + " in use"
                        + (setting == null ? "" : "; set by " + setting.origin());
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            observer.forkRefused(
                    child,
                    container.api(),
                    LimitNames.THREADS_MAX,
                    new Refusal(reason, limit.container().api(), max));
        }
        return new ForkRefusedException("Thread " + Jdk.title(child) + " not started in container "
                + container.path() + ": " + reason);
    }
}
