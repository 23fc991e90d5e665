package io.corral.runtime.handover;

import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.JvmPlaces;
import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;

import org.jspecify.annotations.Nullable;

/** The membership of the calling thread, as the submitter of a task. */
final class Submitter {

    private static volatile boolean isSwitchedOff;

    private Submitter() {}

    /** Whether tasks that are submitted from now on keep their submitter's container. */
    static void switchTo(boolean on) {
        isSwitchedOff = !on;
    }

    static boolean isAskedFor() {
        return HandOverFlag.isOn() && !isSwitchedOff;
    }

    /**
     * May be called while the calling thread holds locks of the JDK: it does not adopt an unknown
     * thread, and calls no code of the application.
     *
     * @return null if tasks take no container along from there
     */
    static @Nullable Membership current() {
        if (!isAskedFor() || !Members.isWoven() || JvmPlaces.isCarrier(Thread.currentThread())) {
            return null;
        }
        Member member = Members.currentIfKnown();
        Membership place = member == null ? Trees.ROOT : member.working();
        return place.handsOver() ? place : null;
    }

    /**
     * As {@link #current}, for a task that another thread may submit again later. The root stands
     * for no container.
     */
    static Membership currentOrRoot() {
        Membership submitter = current();
        return submitter == null ? Trees.ROOT : submitter;
    }

    /** Reads the field and clears it: what outlives the task must not refer to a container. */
    static @Nullable Membership take(SubmitterField from) {
        if (from.corral$submitter() instanceof Membership submitter) {
            from.corral$submitter(null);
            return submitter;
        }
        return null;
    }
}
