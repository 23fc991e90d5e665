package io.corral.events.jfr;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open residencies while {@code corral.Residency} is enabled. A residency begins where a thread
 * is born or switches, or where the recording begins. The thread itself commits it when it switches
 * or ends. Residencies in the root of a hierarchy other than {@code main} are not recorded.
 *
 * <p>If another thread attaches this one to another container, the end of its residency is unknown,
 * and the residency is dropped.
 */
final class Residencies {

    /**
     * The largest number of virtual threads with a residency from birth in the map, since there may
     * be a million virtual threads.
     */
    private static final int MAX_OPEN = 1 << 18;

    /** A longer residency is divided where its thread starts another one. */
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Key(long threadId, Hierarchy hierarchy) {}

    /** Each thread writes its own entries, except the first, which another thread writes. */
    private final ConcurrentHashMap<Key, ResidencyEvent> open = new ConcurrentHashMap<>();

    private final CarrierEvents carrierEvents;
    private final ShortestResidency shortest;

    Residencies(CarrierEvents carrierEvents, ShortestResidency shortest) {
        this.carrierEvents = carrierEvents;
        this.shortest = shortest;
    }

    boolean areObserved() {
        return EventTypes.RESIDENCY.isEnabled();
    }

    /** Called on the starter, before the thread runs. */
    void born(Thread thread, boolean isVirtual) {
        if (isVirtual && open.mappingCount() >= MAX_OPEN) {
            return;
        }
        Member member = Members.of(thread);
        Membership home = member == null ? Membership.ROOT : member.homeOrRoot();
        for (HierarchyTree tree : Trees.hierarchies()) {
            begin(thread, home.container(tree).api());
        }
    }

    /** Called when a recording begins: begins the residencies of the live platform threads. */
    void beginOpen() {
        if (areObserved()) {
            Members.forEachPlatform(this::beginOpen);
        }
    }

    private void beginOpen(PlatformMember member) {
        Membership place = member.working();
        for (HierarchyTree tree : Trees.hierarchies()) {
            begin(member.thread(), place.container(tree).api());
        }
    }

    private void begin(Thread thread, Container container) {
        if (isRecorded(container)) {
            Key key = new Key(Jdk.id(thread), container.hierarchy());
            open.putIfAbsent(key, residencyIn(container));
            // An ending thread is marked before it removes its residencies, so it or this thread
            // removes this one.
            if (Members.hasEnded(thread)) {
                open.remove(key);
            }
        }
    }

    /**
     * Called now and then on a thread itself: records the part up to now of a residency that is
     * long. A thread such as one that accepts connections stays in one container for its life, and
     * only a residency that has been recorded is context of the thread's other events.
     */
    void divideOwn() {
        Thread thread = Thread.currentThread();
        Member member = Members.of(thread);
        if (member == null) {
            return;
        }
        long now = System.nanoTime();
        for (HierarchyTree tree : Trees.hierarchies()) {
            Key key = new Key(Jdk.id(thread), tree.api());
            ResidencyEvent residency = open.get(key);
            if (residency != null && now - residency.beganNanoTime > LONG_NANOS) {
                Container place = member.working().container(tree).api();
                switched(thread, place, place);
            }
        }
    }

    /** Called on the thread itself. */
    void switched(Thread thread, Container from, Container to) {
        Key key = new Key(Jdk.id(thread), to.hierarchy());
        end(open.remove(key), from);
        if (isRecorded(to)) {
            open.put(key, residencyIn(to));
        }
    }

    /** Called on the ending thread itself. */
    void ended(Thread thread) {
        if (!open.isEmpty()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                end(open.remove(new Key(Jdk.id(thread), hierarchy.api())), null);
            }
        }
    }

    /** Called on the carrier of a virtual thread that has ended, perhaps without {@link #ended}. */
    void endedVirtual(Thread thread) {
        if (!open.isEmpty()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                Key key = new Key(Jdk.id(thread), hierarchy.api());
                ResidencyEvent residency = open.remove(key);
                if (residency != null && isLongEnough(residency)) {
                    carrierEvents.add(new OpenResidencyEvent(key.threadId(), residency));
                }
            }
        }
    }

    /** Called at the end of a recording, or of a copy of one. */
    void commitOpen() {
        if (areObserved()) {
            carrierEvents.commit();
            open.forEach((key, residency) -> {
                residency.end();
                if (residency.shouldCommit() && shortest.admitsAtDump(residency.beganNanoTime)) {
                    new OpenResidencyEvent(key.threadId(), residency).commit();
                }
            });
        }
    }

    /** Called when the last recording has ended. */
    void forget() {
        open.clear();
    }

    private static boolean isRecorded(Container container) {
        return container.parent() != null || container.hierarchy() == Trees.MAIN.api();
    }

    private static ResidencyEvent residencyIn(Container container) {
        ResidencyEvent residency = new ResidencyEvent(container);
        residency.begin();
        return residency;
    }

    /** Whether the residency is to be recorded. If it continues, its end is set again later. */
    private boolean isLongEnough(ResidencyEvent residency) {
        residency.end();
        return residency.shouldCommit() && shortest.admits(residency.beganNanoTime);
    }

    /**
     * @param from the container in which the thread was up to now, or null if the thread has ended
     */
    private void end(@Nullable ResidencyEvent residency, @Nullable Container from) {
        if (residency != null
                && (from == null || residency.container.equals(from.path()))
                && isLongEnough(residency)) {
            residency.commit();
        }
    }
}
