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
    private static final int ENDED = 8192;

    /** One of several in a bucket. */
    private static final class Link {
        final PlatformMember member;

        /** A link, a single member, or null. */
        final @Nullable Object next;

        Link(PlatformMember member, @Nullable Object next) {
            this.member = member;
            this.next = next;
        }
    }

    /** Links, or the one member there is, as in most: it needs none. */
    private final AtomicReferenceArray<@Nullable Object> buckets =
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

    private static @Nullable PlatformMember find(@Nullable Object first, Thread thread) {
        for (Object at = first; at != null; at = next(at)) {
            PlatformMember member = member(at);
            if (member.thread() == thread && member.home() != null) {
                return member;
            }
        }
        return null;
    }

    private static PlatformMember member(Object at) {
        return at instanceof Link link ? link.member : (PlatformMember) at;
    }

    private static @Nullable Object next(Object at) {
        return at instanceof Link link ? link.next : null;
    }

    /** Whether a member is linked that has moved out: its thread is in its exit hook. */
    boolean isEnding(long threadId) {
        for (Object at = buckets.get(bucket(threadId)); at != null; at = next(at)) {
            PlatformMember member = member(at);
            if (member.threadId() == threadId) {
                return member.home() == null;
            }
        }
        return false;
    }

    /** @return the member that is there already, else null */
    @Nullable PlatformMember putIfAbsent(PlatformMember member) {
        int bucket = bucket(member.threadId());
        while (true) {
            Object first = buckets.get(bucket);
            PlatformMember known = find(first, member.thread());
            if (known != null) {
                return known;
            }
            Object rest = living(first);
            if (buckets.compareAndSet(
                    bucket, first, rest == null ? member : new Link(member, rest))) {
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
            for (Object first = buckets.get(bucket); first != null; first = buckets.get(bucket)) {
                if (buckets.compareAndSet(bucket, first, living(first))) {
                    return;
                }
            }
        } catch (OutOfMemoryError exhausted) {
            // It stays linked until the next thread of this bucket comes or goes, and is not found.
        }
    }

    /** The chain without those that are gone; itself, or a tail of itself, where these are in front. */
    private static @Nullable Object living(@Nullable Object first) {
        if (first == null) {
            return null;
        }
        Object next = next(first);
        Object rest = living(next);
        PlatformMember member = member(first);
        if (member.isGone()) {
            return rest;
        }
        if (rest == null) {
            return member;
        }
        return rest == next ? first : new Link(member, rest);
    }

    boolean hasEnded(long threadId) {
        return ended.get(endedSlot(threadId)) == threadId;
    }

    void forEach(Consumer<PlatformMember> action) {
        for (int i = 0; i < BUCKETS; i++) {
            for (Object at = buckets.get(i); at != null; at = next(at)) {
                PlatformMember member = member(at);
                if (member.home() != null) {
                    action.accept(member);
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
