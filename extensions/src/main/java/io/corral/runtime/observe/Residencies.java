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
 * The stays that are open while {@code corral.Residency} is on: begun where a thread is born or
 * switches, and committed by the thread itself when it switches or ends. Stays in a root are none.
 *
 * <p>A stay whose thread was attached elsewhere by another has ended at a time that nobody noted:
 * it is dropped. So is the last one of a virtual thread, whose end is on its carrier.
 */
final class Residencies {

    private record Key(long threadId, Hierarchy hierarchy) {}

    /** Entries are their thread's own, but for its first, which its parent puts. */
    private final ConcurrentHashMap<Key, ResidencyEvent> open = new ConcurrentHashMap<>();

    boolean areObserved() {
        return EventTypes.RESIDENCY.isEnabled();
    }

    /** On the parent, before the thread runs. */
    void born(Thread thread) {
        for (HierarchyTree tree : Trees.hierarchies()) {
            Hierarchy hierarchy = tree.api();
            Container home = hierarchy.of(thread);
            if (home.parent() != null) {
                Key key = new Key(Jdk.id(thread), hierarchy);
                open.putIfAbsent(key, begin(home));
                // It says that it has ended before it looks for what is open: one of us removes
                // this.
                if (Members.hasEnded(thread)) {
                    open.remove(key);
                }
            }
        }
    }

    /** On the thread itself. */
    void switched(Thread thread, Container from, Container to) {
        Key key = new Key(Jdk.id(thread), to.hierarchy());
        end(open.remove(key), from);
        if (to.parent() != null) {
            open.put(key, begin(to));
        }
    }

    /** On the ending platform thread. */
    void ended(Thread thread) {
        if (!open.isEmpty()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                end(open.remove(new Key(Jdk.id(thread), hierarchy.api())), null);
            }
        }
    }

    /** On the carrier of a virtual thread, whose event this would not be. */
    void endedElsewhere(Thread thread) {
        if (!open.isEmpty()) {
            for (HierarchyTree hierarchy : Trees.hierarchies()) {
                open.remove(new Key(Jdk.id(thread), hierarchy.api()));
            }
        }
    }

    /** Nobody records any more. */
    void forget() {
        open.clear();
    }

    private static ResidencyEvent begin(Container container) {
        ResidencyEvent stay = new ResidencyEvent(container);
        stay.begin();
        return stay;
    }

    /** @param from where the thread was up to now, or null if that is where it ended */
    private static void end(@Nullable ResidencyEvent stay, @Nullable Container from) {
        if (stay != null && (from == null || stay.container.equals(from.path()))) {
            stay.end();
            stay.commit();
        }
    }
}
