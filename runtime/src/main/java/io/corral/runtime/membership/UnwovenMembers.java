package io.corral.runtime.membership;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Threads as the API sees them without the agent, or past their exit hook: they have scopes and a
 * place, nobody counts them, and nothing is charged.
 */
final class UnwovenMembers {

    private static final Map<Thread, Member> MEMBERS =
            Collections.synchronizedMap(new WeakHashMap<>());

    private UnwovenMembers() {}

    static Member of(Thread thread) {
        return MEMBERS.computeIfAbsent(thread, unused -> new Uncounted());
    }

    static @Nullable Member find(Thread thread) {
        return thread.isAlive() ? MEMBERS.get(thread) : null;
    }

    static Membership working(Thread thread) {
        Member member = MEMBERS.get(thread);
        return member == null ? Trees.ROOT : member.working();
    }

    private static final class Uncounted extends Member {

        @Override
        boolean isCurrent() {
            return MEMBERS.get(Thread.currentThread()) == this;
        }

        @Override
        public boolean isVirtual() {
            return false;
        }

        @Override
        void followOnMeter() {}

        @Override
        void followFromOutside() {}
    }
}
