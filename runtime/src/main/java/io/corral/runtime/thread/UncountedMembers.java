package io.corral.runtime.thread;

import io.corral.runtime.membership.Membership;
import io.corral.runtime.subsystem.Subsystems;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of threads if the agent is absent, and of threads after their exit hook. They have
 * scopes and a home, but are not counted, and nothing is charged.
 */
final class UncountedMembers {

    private static final ConcurrentHashMap<Key, Member> MEMBERS = new ConcurrentHashMap<>();

    /** Keys of collected threads. */
    private static final ReferenceQueue<Thread> GONE = new ReferenceQueue<>();

    private UncountedMembers() {}

    static Member of(Thread thread) {
        for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            MEMBERS.remove(gone);
        }
        return MEMBERS.computeIfAbsent(new Key(thread), unused -> new Uncounted());
    }

    static @Nullable Member find(Thread thread) {
        return thread.isAlive() ? MEMBERS.get(new Key(thread)) : null;
    }

    static Membership working(Thread thread) {
        Member member = MEMBERS.get(new Key(thread));
        return member == null ? Membership.ROOT : member.working();
    }

    /**
     * A weak key that compares threads by identity, since a subclass may override {@code equals}
     * and {@code hashCode}.
     */
    private static final class Key extends WeakReference<Thread> {

        private final int hash;

        Key(Thread thread) {
            super(thread, GONE);
            hash = System.identityHashCode(thread);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Thread thread = get();
            return thread != null && other instanceof Key key && key.refersTo(thread);
        }
    }

    private static final class Uncounted extends Member {

        Uncounted() {
            generation(Subsystems.LAST_GENERATION);
        }

        @Override
        boolean isCurrent() {
            return find(Thread.currentThread()) == this;
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
