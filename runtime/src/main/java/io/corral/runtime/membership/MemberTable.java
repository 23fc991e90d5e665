package io.corral.runtime.membership;

import io.corral.runtime.jdk.Jdk;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live platform threads by id. Readers never wait; writers retry by compare-and-set on chains
 * that are never changed in place. (A {@code ConcurrentHashMap} boxes the id and locks its bins.) A
 * member that has no home any more is not found, whether it is still linked or not: so a thread can
 * end on an exhausted heap too. It stays linked until its exit hook is through.
 */
final class MemberTable {

    private static final int BUCKETS = 4096;
    private static final int ENDED = 1024;

    private static final class Link {
        final PlatformMember member;
        final @Nullable Link next;

        Link(PlatformMember member, @Nullable Link next) {
            this.member = member;
            this.next = next;
        }
    }

    private final AtomicReferenceArray<@Nullable Link> buckets =
            new AtomicReferenceArray<>(BUCKETS);

    /**
     * Ids of threads that ended lately. A thread that is past its exit hook may come back, since the
     * JVM calls {@code Thread.exit} again when it throws, and must not be taken for a stranger. An id
     * is overwritten by a later one of the same slot: harmless once its thread is really gone.
     */
    private final AtomicLongArray ended = new AtomicLongArray(ENDED);

    @Nullable PlatformMember get(Thread thread) {
        return find(buckets.get(bucket(Jdk.id(thread))), thread);
    }

    private static @Nullable PlatformMember find(@Nullable Link first, Thread thread) {
        for (Link link = first; link != null; link = link.next) {
            if (link.member.thread() == thread && link.member.home() != null) {
                return link.member;
            }
        }
        return null;
    }

    /** Whether a member is linked that has moved out: its thread is in its exit hook. */
    boolean isEnding(long threadId) {
        for (Link link = buckets.get(bucket(threadId)); link != null; link = link.next) {
            if (link.member.threadId() == threadId) {
                return link.member.home() == null;
            }
        }
        return false;
    }

    /** @return the member that is there already, else null */
    @Nullable PlatformMember putIfAbsent(PlatformMember member) {
        int bucket = bucket(member.threadId());
        while (true) {
            Link first = buckets.get(bucket);
            PlatformMember known = find(first, member.thread());
            if (known != null) {
                return known;
            }
            if (buckets.compareAndSet(bucket, first, new Link(member, living(first)))) {
                return null;
            }
        }
    }

    void markEnded(long threadId) {
        ended.set(endedSlot(threadId), threadId);
    }

    /** Unlinks a member that has moved out. */
    void unlink(PlatformMember member) {
        member.markGone();
        int bucket = bucket(member.threadId());
        try {
            for (Link first = buckets.get(bucket); first != null; first = buckets.get(bucket)) {
                if (buckets.compareAndSet(bucket, first, living(first))) {
                    return;
                }
            }
        } catch (OutOfMemoryError exhausted) {
            // It stays linked until the next thread of this bucket comes or goes, and is not found.
        }
    }

    /** The chain without those that are gone; itself, or a tail of itself, where these are in front. */
    private static @Nullable Link living(@Nullable Link first) {
        if (first == null) {
            return null;
        }
        Link rest = living(first.next);
        if (first.member.isGone()) {
            return rest;
        }
        return rest == first.next ? first : new Link(first.member, rest);
    }

    boolean hasEnded(long threadId) {
        return ended.get(endedSlot(threadId)) == threadId;
    }

    void forEach(Consumer<PlatformMember> action) {
        for (int i = 0; i < BUCKETS; i++) {
            for (Link link = buckets.get(i); link != null; link = link.next) {
                if (link.member.home() != null) {
                    action.accept(link.member);
                }
            }
        }
    }

    private static int bucket(long threadId) {
        return (int) (threadId & (BUCKETS - 1));
    }

    private static int endedSlot(long threadId) {
        return (int) (threadId & (ENDED - 1));
    }
}
