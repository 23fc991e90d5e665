package io.corral.runtime.subsystem;

import io.corral.Refusal;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.HookFailures;

import org.jspecify.annotations.Nullable;

/** Runs the callbacks of subsystems before a move, after it, and for switches. */
public final class MoveCallbacks {

    private MoveCallbacks() {}

    /**
     * Called on the mover: asks whether the thread may be moved.
     *
     * @param told the generation up to which subsystems know the thread; later ones are not asked
     * @param asked the subsystems registered now; if the move does not happen, the caller passes
     *     the same ones to {@code cancelAttach}
     * @return the reason of a refusal, or null; after a refusal, {@code cancelAttach} was called
     *     for the ones before it, in reverse order
     */
    public static @Nullable String canAttach(
            Subsystems asked, char told, Thread thread, ContainerNode from, ContainerNode to) {
        int consented = 0;
        boolean allConsented = false;
        try {
            for (; consented < asked.canAttach.length; consented++) {
                RegisteredSubsystem each = asked.canAttach[consented];
                if (each.hierarchy == to.hierarchy() && each.knowsThread(told)) {
                    Refusal refusal = refusal(each, thread, from, to);
                    if (refusal != null) {
                        return each.name() + " refused: " + refusal.reason();
                    }
                }
            }
            allConsented = true;
            return null;
        } finally {
            if (!allConsented) {
                cancelAttach(asked, consented, told, thread, from, to);
            }
        }
    }

    /** Cancels a move to which all of {@code asked} have consented. */
    public static void cancelAttach(
            Subsystems asked, char told, Thread thread, ContainerNode from, ContainerNode to) {
        cancelAttach(asked, asked.canAttach.length, told, thread, from, to);
    }

    /** Calls them in reverse order. */
    private static void cancelAttach(
            Subsystems asked,
            int consented,
            char told,
            Thread thread,
            ContainerNode from,
            ContainerNode to) {
        for (int i = consented - 1; i >= 0; i--) {
            if (asked.canAttach[i].knowsThread(told)) {
                cancelAttach(asked.canAttach[i], thread, from, to);
            }
        }
    }

    /** @param told the generation up to which subsystems know the thread */
    public static void attached(char told, Thread thread, ContainerNode from, ContainerNode to) {
        for (RegisteredSubsystem each : Subsystems.registered().attach) {
            if (each.hierarchy == to.hierarchy() && each.knowsThread(told)) {
                try {
                    each.subsystem.attach(thread, from.api(), to.api());
                } catch (Throwable failure) {
                    each.reportFailure(HookFailures.ATTACH_CALLBACK, failure);
                }
            }
        }
    }

    /** Whether a subsystem overrides {@code switched}. */
    public static boolean haveSwitchedCallbacks() {
        return Subsystems.registered().switched.length > 0;
    }

    /** Whether a subsystem that knows the thread overrides {@code switched}. */
    public static boolean haveSwitchedCallbacks(char told) {
        for (RegisteredSubsystem each : Subsystems.registered().switched) {
            if (each.knowsThread(told)) {
                return true;
            }
        }
        return false;
    }

    /** @param told the generation up to which subsystems know the thread */
    public static void switched(char told, Thread thread, Membership before, Membership after) {
        for (RegisteredSubsystem each : Subsystems.registered().switched) {
            if (each.knowsThread(told)) {
                switched(each, thread, before, after);
            }
        }
    }

    /**
     * Calls {@code switched} for subsystems that do not know the thread yet, if it works in another
     * place than its home.
     *
     * @param known subsystems of this generation and of earlier ones know the thread already
     * @return whether one of these overrides {@code switched}
     */
    public static boolean switched(
            Subsystems all, char known, Thread thread, Membership home, Membership place) {
        boolean follow = false;
        for (RegisteredSubsystem each : all.switched) {
            if (each.firstGeneration > known && !each.isUnregistered) {
                follow = true;
                switched(each, thread, home, place);
            }
        }
        return follow;
    }

    private static void switched(
            RegisteredSubsystem each, Thread thread, Membership before, Membership after) {
        ContainerNode from = before.container(each.hierarchy);
        ContainerNode to = after.container(each.hierarchy);
        if (from != to) {
            try {
                each.subsystem.switched(thread, from.api(), to.api());
            } catch (Throwable failure) {
                each.reportFailure(HookFailures.SWITCHED, failure);
            }
        }
    }

    private static @Nullable Refusal refusal(
            RegisteredSubsystem each, Thread thread, ContainerNode from, ContainerNode to) {
        try {
            return each.subsystem.canAttach(thread, from.api(), to.api());
        } catch (Throwable failure) {
            each.reportFailure(HookFailures.CAN_ATTACH, failure);
            return null;
        }
    }

    private static void cancelAttach(
            RegisteredSubsystem each, Thread thread, ContainerNode from, ContainerNode to) {
        if (each.hierarchy == to.hierarchy()) {
            try {
                each.subsystem.cancelAttach(thread, from.api(), to.api());
            } catch (Throwable failure) {
                each.reportFailure(HookFailures.CANCEL_ATTACH, failure);
            }
        }
    }
}
