package io.corral.runtime.observe;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.thread.Members;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The stays that are open while {@code corral.Residency} is on: they begin where a thread is born
 * or switches, and the thread itself commits them when it switches or ends. Stays in a root are not
 * recorded.
 *
 * <p>If another thread attaches this one elsewhere, the end of its stay is unknown, and the stay is
 * dropped. So is the last stay of a virtual thread, which ends on its carrier.
 */
final class Residencies {

    private record Key(long threadId, Hierarchy hierarchy) {}

    /** Each thread writes its own entries, except the first, which its parent writes. */
    private final ConcurrentHashMap<Key, ResidencyEvent> open = new ConcurrentHashMap<>();

    boolean areObserved() {
        return EventTypes.RESIDENCY.isEnabled();
    }

    /** Called on the parent, before the thread runs. */
    void born(Thread thread) {
        for (HierarchyTree tree : Trees.hierarchies()) {
            Hierarchy hierarchy = tree.api();
            Container home = hierarchy.of(thread);
            if (home.parent() != null) {
                Key key = new Key(Jdk.id(thread), hierarchy);
                open.putIfAbsent(key, begin(home));
                // An ending thread is marked before it removes its stays, so it or this thread
                // removes this one.
                if (Members.hasEnded(thread)) {
                    open.remove(key);
                }
            }
        }
    }

    /** Called on the thread itself. */
    void switched(Thread thread, Container from, Container to) {
        Key key = new Key(Jdk.id(thread), to.hierarchy());
        end(open.remove(key), from);
        if (to.parent() != null) {
            open.put(key, begin(to));
        }
    }

    /** Called on the ending platform thread. */
    void ended(Thread thread) {
        if (!open.isEmpty()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                end(open.remove(new Key(Jdk.id(thread), hierarchy.api())), null);
            }
        }
    }

    /**
     * Called on the carrier of a virtual thread. Drops the stays, since an event would have the
     * carrier as its thread.
     */
    void endedElsewhere(Thread thread) {
        if (!open.isEmpty()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                open.remove(new Key(Jdk.id(thread), hierarchy.api()));
            }
        }
    }

    /** Called when the last recording has ended. */
    void forget() {
        open.clear();
    }

    private static ResidencyEvent begin(Container container) {
        ResidencyEvent stay = new ResidencyEvent(container);
        stay.begin();
        return stay;
    }

    /** @param from where the thread was up to now, or null if the thread has ended */
    private static void end(@Nullable ResidencyEvent stay, @Nullable Container from) {
        if (stay != null && (from == null || stay.container.equals(from.path()))) {
            stay.end();
            stay.commit();
        }
    }
}
