package io.corral.runtime.handover;

import io.corral.runtime.membership.Membership;
import io.corral.runtime.placement.JvmPlaces;
import io.corral.runtime.thread.HandOverFlag;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;

import org.jspecify.annotations.Nullable;

/** Finds the membership of the calling thread, as the submitter of a task. */
public final class CurrentSubmitter {

    private static volatile boolean isSwitchedOff;

    /** Null for most programs. */
    private static volatile @Nullable TaskRules rules;

    private CurrentSubmitter() {}

    /** Switches hand-over on or off, for tasks that are submitted from now on. */
    static void switchTo(boolean on) {
        isSwitchedOff = !on;
    }

    static void rules(@Nullable TaskRules rules) {
        CurrentSubmitter.rules = rules;
    }

    public static boolean isRecorded() {
        return HandOverFlag.isOn() && !isSwitchedOff;
    }

    /**
     * May be called while the calling thread holds locks of the JDK: it does not adopt an unknown
     * thread, and calls no code of the application.
     *
     * @return null if tasks of the calling thread take no container along
     */
    public static @Nullable Membership current() {
        return place(member());
    }

    private static @Nullable Member member() {
        if (!isRecorded() || !Members.isWoven() || JvmPlaces.isCarrier(Thread.currentThread())) {
            return null;
        }
        return Members.currentIfKnown();
    }

    /** The place that tasks of {@link #memberFor} take along; null if there is none. */
    public static @Nullable Membership place(@Nullable Member member) {
        if (member == null || member.submitsForPool()) {
            return null;
        }
        Membership place = member.working();
        return place.handsOver() ? place : null;
    }

    /** As {@link #current}. Null if a rule charges tasks of this class to their pool. */
    public static @Nullable Membership of(Object task) {
        return place(memberFor(task));
    }

    /**
     * The calling thread's member. Null if tasks of this class, or all tasks of the thread, take no
     * container along.
     */
    public static @Nullable Member memberFor(Object task) {
        TaskRules known = rules;
        return known != null && known.keep(task.getClass()) ? null : member();
    }

    /**
     * As {@link #of}, for a task that another thread may submit again later. The root stands for no
     * container.
     */
    public static Membership ofOrRoot(Object task) {
        Membership submitter = of(task);
        return submitter == null ? Membership.ROOT : submitter;
    }
}
