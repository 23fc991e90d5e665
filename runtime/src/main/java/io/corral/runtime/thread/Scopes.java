package io.corral.runtime.thread;

import io.corral.runtime.container.Destination;
import io.corral.runtime.jdk.ReservedStack;
import io.corral.runtime.membership.Measurement;
import io.corral.runtime.membership.Membership;

import org.jspecify.annotations.Nullable;

/**
 * The steps of entering a container and of leaving it: the scopes change, the meter follows, and
 * the callbacks for switches run. Called on the thread of the member.
 */
public final class Scopes {

    private Scopes() {}

    /** @return the open frame */
    public static ScopeFrame enter(Member member, Destination destination) {
        return enter(member, member.openFrame(), destination);
    }

    /**
     * As {@link #enter(Member, Destination)}.
     *
     * @param outer the result of {@link Member#openFrame}
     */
    public static ScopeFrame enter(
            Member member, @Nullable ScopeFrame outer, Destination destination) {
        Membership at = member.home();
        Membership from = at == null ? Membership.ROOT : at;
        Membership before = Member.working(outer, from);
        Destination to = destination;
        Membership after = before.enter(to);
        // Counted before the check: a removal marks the container before it reads the count. So one
        // of the two sees the other.
        after.scopeOpens();
        while (to.hasGivenWay()) {
            after.scopeCloses();
            Destination last = to;
            to = last.again();
            after = before.enter(to);
            after.scopeOpens();
            if (to == last) {
                break;
            }
        }
        boolean changes = before != after;
        CallbackQueue queue = CallbackQueues.forSwitch(member);
        ScopeFrame frame = push(member, outer, to, from, after);
        frame.toggle(!changes);
        if (changes || at != member.home() || queue != null) {
            try {
                changed(member, queue, at, before, after);
            } catch (Throwable exhausted) {
                closeSilently(member, frame);
                throw exhausted;
            }
        }
        return frame;
    }

    /** As {@link Member#push}. The scope is counted already; if there is no memory, it is not. */
    private static ScopeFrame push(
            Member member,
            @Nullable ScopeFrame outer,
            Destination destination,
            Membership from,
            Membership after) {
        try {
            return member.push(outer, destination, from, after);
        } catch (Throwable exhausted) {
            after.scopeCloses();
            throw exhausted;
        }
    }

    /** Closes the scope of {@code frame}: the thread works again where it worked before. */
    public static void leave(Member member, ScopeFrame frame) {
        Membership at = member.home();
        Membership from = at == null ? Membership.ROOT : at;
        ScopeFrame innermostOpen = member.openFrame();
        Membership before;
        Membership after;
        try {
            before = Member.working(innermostOpen, from);
            after = Member.working(frame.outer, from);
        } catch (Throwable exhausted) {
            closeSilently(member, frame);
            throw exhausted;
        }
        // If several scopes are closed, a concurrent attach may see only some of them closed, and
        // move the meter to a membership in which the thread never worked.
        boolean follows = before != after || innermostOpen != frame;
        CallbackQueue queue = CallbackQueues.forSwitch(member);
        member.close(frame, !follows);
        if (follows || at != member.home() || queue != null) {
            try {
                changed(member, queue, at, before, after);
            } catch (Throwable exhausted) {
                follow(member);
                throw exhausted;
            }
        }
    }

    /**
     * As {@link #leave}, but without callbacks and observers: used if no memory or no stack is
     * left.
     */
    @ReservedStack
    public static void closeSilently(Member member, ScopeFrame frame) {
        member.close(frame, true);
        member.followOnMeter();
    }

    @ReservedStack
    private static void follow(Member member) {
        member.followOnMeter();
    }

    /**
     * Called after the scopes or the home have changed. The meter is updated even if the thread
     * works in the same place as before, since a concurrent attach may have moved the meter.
     */
    private static void changed(
            Member member,
            @Nullable CallbackQueue queue,
            @Nullable Membership homeBefore,
            Membership before,
            Membership expected) {
        try {
            Membership after = homeBefore != member.home() ? member.working() : expected;
            Measurement.enters(before, after, member.isVirtual());
            member.followOnMeter();
            Measurement.left(before, after);
            if (before != after) {
                Switches.observe(before, after);
            }
        } finally {
            // A subsystem that was registered during the change may not have been told of it.
            CallbackQueues.run(queue == null ? CallbackQueues.forSwitch(member) : queue);
        }
    }
}
