package io.corral.runtime.thread;

import io.corral.runtime.jdk.Jdk;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live platform threads by id. Readers never wait. Writers retry by compare-and-set on chains
 * that are never changed in place. (A {@code ConcurrentHashMap} boxes the id and locks its bins.) A
 * member without a home is not found even if it is still linked, so that a thread can end on an
 * exhausted heap too. It stays linked until its exit hook is complete.
 */
final class MemberTable {

    /** The table of this JVM. */
    static final MemberTable LIVE = new MemberTable();

    private static final int BUCKETS = 1 << 12;

    /**
     * The number of buckets in a group. Threads that start one after another have consecutive IDs,
     * so their buckets are created together.
     */
    private static final int IN_GROUP = 64;

    private static final int ENDED_BITS = 13;
    private static final int ENDED = 1 << ENDED_BITS;

    private static final AtomicReferenceFieldUpdater<Group, Bucket @Nullable []> MADE =
            AtomicReferenceFieldUpdater.newUpdater(Group.class, Bucket[].class, "made");

    private static final AtomicReferenceFieldUpdater<Bucket, @Nullable Object> FIRST =
            AtomicReferenceFieldUpdater.newUpdater(Bucket.class, Object.class, "first");

    /**
     * The head of a chain. (An atomic array costs a millisecond at start, for its
     * {@code VarHandle}s.)
     */
    private static final class Bucket {

        /** A link, or the member itself if the bucket has only one, as most buckets do. */
        volatile @Nullable Object first;
    }

    /** Buckets of consecutive ids. */
    private static final class Group {

        /** Null until one of their threads is linked. */
        volatile Bucket @Nullable [] made;
    }

    /** One of several entries in a bucket. */
    private static final class Link {
        final PlatformMember member;

        /** A link, a single member, or null. */
        final @Nullable Object next;

        Link(PlatformMember member, @Nullable Object next) {
            this.member = member;
            this.next = next;
        }
    }

    private final Group[] groups = new Group[BUCKETS / IN_GROUP];

    /**
     * The buckets of all groups, for a look-up in one step. Each thread that uses a group writes
     * its buckets here, so some are written more than once, always with the same value. A reader
     * may miss a bucket that another thread has just created; then it does not find the thread.
     */
    private final @Nullable Bucket[] buckets = new Bucket[BUCKETS];

    /**
     * Threads that ended recently. The index is the low bits of the id, and the value its other
     * bits plus 1; 0 is no thread. The JVM calls {@code Thread.exit} again when it throws, and such
     * a thread must not be adopted. A later thread of the same slot overwrites the entry. If the
     * earlier thread has not left the JVM by then, it may be adopted; the next reading after its
     * end unlinks it. (Ids above 2<sup>45</sup> can collide.)
     *
     * <p>An adoption always sees the mark: the member is marked before it leaves its home, and is
     * linked until then. So if the adopting thread does not find the member, the mark is already
     * there.
     */
    private final int[] ended = new int[ENDED];

    MemberTable() {
        for (int i = 0; i < groups.length; i++) {
            groups[i] = new Group();
        }
    }

    @Nullable PlatformMember get(Thread thread) {
        return find(first(Jdk.id(thread)), thread);
    }

    private @Nullable Object first(long threadId) {
        return first(buckets[index(threadId)]);
    }

    private static @Nullable Object first(@Nullable Bucket bucket) {
        return bucket == null ? null : bucket.first;
    }

    /** The bucket of an id. Creates the buckets of its group if they do not exist yet. */
    private Bucket bucket(long threadId) {
        int index = index(threadId);
        Bucket known = buckets[index];
        return known != null ? known : bucket(groups[index / IN_GROUP], index);
    }

    private Bucket bucket(Group group, int index) {
        Bucket[] made = group.made;
        if (made == null) {
            made = new Bucket[IN_GROUP];
            for (int i = 0; i < IN_GROUP; i++) {
                made[i] = new Bucket();
            }
            if (!MADE.compareAndSet(group, null, made)) {
                made = Objects.requireNonNull(group.made);
            }
        }
        System.arraycopy(made, 0, buckets, index & -IN_GROUP, IN_GROUP);
        return made[index & (IN_GROUP - 1)];
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

    /** Whether the exit hook of the thread has begun. */
    boolean isPastExit(long threadId) {
        return isEnding(threadId) || hasEnded(threadId);
    }

    /** Whether a member without a home is linked: its thread is in its exit hook. */
    boolean isEnding(long threadId) {
        for (Object at = first(threadId); at != null; at = next(at)) {
            PlatformMember member = member(at);
            if (member.threadId() == threadId) {
                return member.home() == null;
            }
        }
        return false;
    }

    /** @return the member that is linked already, else null */
    @Nullable PlatformMember putIfAbsent(PlatformMember member) {
        Bucket bucket = bucket(member.threadId());
        while (true) {
            Object first = bucket.first;
            PlatformMember known = find(first, member.thread());
            if (known != null) {
                return known;
            }
            Object rest = living(first);
            if (FIRST.compareAndSet(
                    bucket, first, rest == null ? member : new Link(member, rest))) {
                return null;
            }
        }
    }

    void markEnded(long threadId) {
        ended[endedSlot(threadId)] = endedMark(threadId);
    }

    /** Unlinks a member without a home. */
    void unlink(PlatformMember member) {
        member.markGone();
        Bucket bucket = buckets[index(member.threadId())];
        if (bucket == null) {
            return;
        }
        try {
            for (Object first = bucket.first; first != null; first = bucket.first) {
                if (FIRST.compareAndSet(bucket, first, living(first))) {
                    return;
                }
            }
        } catch (OutOfMemoryError exhausted) {
            // The member stays linked, without being found, until the next thread of this bucket
            // starts or ends.
        }
    }

    /** The chain without ended members. It shares the longest tail without such members. */
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
        return ended[endedSlot(threadId)] == endedMark(threadId);
    }

    void forEach(Consumer<PlatformMember> action) {
        for (Bucket bucket : buckets) {
            for (Object at = first(bucket); at != null; at = next(at)) {
                PlatformMember member = member(at);
                if (member.home() != null) {
                    action.accept(member);
                }
            }
        }
    }

    private static int index(long threadId) {
        return (int) (threadId & (BUCKETS - 1));
    }

    private static int endedSlot(long threadId) {
        return (int) (threadId & (ENDED - 1));
    }

    private static int endedMark(long threadId) {
        return (int) (threadId >>> ENDED_BITS) + 1;
    }
}
