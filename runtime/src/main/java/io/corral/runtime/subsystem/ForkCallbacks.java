package io.corral.runtime.subsystem;

import io.corral.ForkRefusedException;
import io.corral.Refusal;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;
import io.corral.runtime.notice.Observer;

import org.jspecify.annotations.Nullable;

/**
 * Runs the callbacks of subsystems before a thread starts, for its fork or adoption, and after its
 * end.
 */
public final class ForkCallbacks {

    /**
     * Created in advance, for use if memory is exhausted. (Its stack trace does not show the
     * start.)
     */
    @SuppressWarnings("StaticAssignmentOfThrowable")
    private static final ForkRefusedException UNEXPLAINED = new ForkRefusedException(
            "Thread not started: a subsystem refused, and to say why failed");

    private ForkCallbacks() {}

    /** A call initializes this class. */
    public static void initialize() {}

    /**
     * Called on the starter: asks whether the child may start.
     *
     * @param subsystems the subsystems registered now; if the child does not start, the caller
     *     passes the same ones to {@code cancelFork}
     * @throws ForkRefusedException if one refused; then {@code cancelFork} was called for the ones
     *     before it, in reverse order
     */
    public static void canFork(Subsystems subsystems, Thread thread, Membership home) {
        RegisteredSubsystem[] asked = subsystems.canFork;
        int consented = 0;
        boolean allConsented = false;
        try {
            for (; consented < asked.length; consented++) {
                RegisteredSubsystem each = asked[consented];
                ContainerNode container = home.container(each.hierarchy);
                Refusal refusal = each.isUnregistered ? null : refusal(each, thread, container);
                if (refusal != null) {
                    throw refused(thread, container, each, refusal);
                }
            }
            allConsented = true;
        } finally {
            if (!allConsented) {
                cancelFork(asked, consented, thread, home);
            }
        }
    }

    /** Cancels a fork to which all of {@code subsystems} have consented. */
    public static void cancelFork(Subsystems subsystems, Thread thread, Membership home) {
        RegisteredSubsystem[] asked = subsystems.canFork;
        cancelFork(asked, asked.length, thread, home);
    }

    /** Calls them in reverse order. */
    private static void cancelFork(
            RegisteredSubsystem[] asked, int consented, Thread thread, Membership home) {
        for (int i = consented - 1; i >= 0; i--) {
            if (!asked[i].isUnregistered) {
                cancelFork(asked[i], thread, home);
            }
        }
    }

    /**
     * Called on the starter, after the child was linked and before it can run.
     *
     * @param subsystems the subsystems that were asked
     */
    public static void fork(Subsystems subsystems, Thread thread, Membership home) {
        for (RegisteredSubsystem each : subsystems.fork) {
            if (!each.isUnregistered) {
                try {
                    each.subsystem.fork(thread, home.container(each.hierarchy).api());
                } catch (Throwable failure) {
                    each.reportFailure(HookFailures.FORK_CALLBACK, failure);
                }
            }
        }
    }

    /**
     * Calls {@code adopt} for a thread that the subsystems do not know.
     *
     * @param before subsystems of this generation and of earlier ones know the thread already
     */
    public static void adopt(Subsystems subsystems, char before, Thread thread, Membership home) {
        for (RegisteredSubsystem each : subsystems.adopt) {
            if (each.firstGeneration > before && !each.isUnregistered) {
                try {
                    each.subsystem.adopt(thread, home.container(each.hierarchy).api());
                } catch (Throwable failure) {
                    each.reportFailure(HookFailures.ADOPT_CALLBACK, failure);
                }
            }
        }
    }

    /**
     * Called after the thread was unlinked: on that thread, on its starter, or on the background
     * thread.
     *
     * @param told the generation up to which subsystems know the thread
     */
    public static void exit(char told, Thread thread, Membership home) {
        for (RegisteredSubsystem each : Subsystems.registered().exit) {
            if (each.knowsThread(told)) {
                try {
                    each.subsystem.exit(thread, home.container(each.hierarchy).api());
                } catch (Throwable failure) {
                    each.reportFailure(HookFailures.EXIT_CALLBACK, failure);
                }
            }
        }
    }

    /** Whether a subsystem overrides {@code exit}. */
    public static boolean haveExitCallbacks() {
        return Subsystems.registered().exit.length > 0;
    }

    private static @Nullable Refusal refusal(
            RegisteredSubsystem each, Thread thread, ContainerNode container) {
        try {
            return each.subsystem.canFork(thread, container.api());
        } catch (Throwable failure) {
            each.reportFailure(HookFailures.CAN_FORK, failure);
            return null;
        }
    }

    private static void cancelFork(RegisteredSubsystem each, Thread thread, Membership home) {
        try {
            each.subsystem.cancelFork(thread, home.container(each.hierarchy).api());
        } catch (Throwable failure) {
            each.reportFailure(HookFailures.CANCEL_FORK, failure);
        }
    }

    /** The exception; the prepared one if there is no memory for the reason. */
    private static ForkRefusedException refused(
            Thread thread,
            ContainerNode container,
            RegisteredSubsystem subsystem,
            Refusal refusal) {
        try {
            return explained(thread, container, subsystem, refusal);
        } catch (StackOverflowError doesNotStart) {
            throw doesNotStart;
        } catch (Throwable failure) {
            return UNEXPLAINED;
        }
    }

    private static ForkRefusedException explained(
            Thread thread,
            ContainerNode container,
            RegisteredSubsystem subsystem,
            Refusal refusal) {
        String name = subsystem.name();
        Observer observer = Observer.Current.observer;
        if (observer != null) {
            observer.forkRefused(thread, container.api(), name, refusal);
        }
        return new ForkRefusedException(
                "Thread " + Jdk.title(thread) + " not started in container " + container.path()
                        + ": " + name + " refused: " + refusal.reason(),
                subsystem.subsystem);
    }
}
