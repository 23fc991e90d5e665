package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The children of places for virtual threads, one for each {@linkplain ThreadNames name} of
 * threads. Their number is bounded, because names may contain IDs: further threads stay in the
 * place itself.
 */
public final class NamedVirtualPlaces implements Outcome {

    /** The outcome in the compiled form of rules. */
    public static final String WORDS = OutcomeWithoutPath.VIRTUAL_WORD + "/{name}";

    /** The largest number of names with a container of their own, for each place. */
    static final int MAX_NAMES = 64;

    /** A power of two. */
    private static final int CACHED = 256;

    /** Shared by the default rules and by rules of users with the same outcome. */
    public static final NamedVirtualPlaces SHARED = new NamedVirtualPlaces();

    /**
     * A cache of results by the beginning of names, so that most names need not be scanned. Written
     * without a fence, as in {@link NamedPlaces}.
     */
    private final @Nullable Known[] known = new Known[CACHED];

    NamedVirtualPlaces() {}

    /** The container of a name without the number at its end, below {@code place}. */
    private static final class Known {

        private final ContainerNode place;
        private final String begin;
        private final ContainerNode container;
        private final NameRule[] usersRules;

        Known(ContainerNode place, String begin, ContainerNode container, NameRule[] usersRules) {
            this.place = place;
            this.begin = begin;
            this.container = container;
            this.usersRules = usersRules;
        }

        boolean isFor(ContainerNode in, String threadName, int length) {
            return place == in
                    && begin.length() == length
                    && threadName.startsWith(begin)
                    && usersRules == ThreadNames.usersRules()
                    && !container.isRemoved();
        }
    }

    @Override
    public ContainerNode container(HierarchyTree in, PlacedThread thread, List<String> captures) {
        return of(thread.startersContainer().virtualPlace().placeOfVirtualNames(), thread.name());
    }

    @Override
    public boolean placesEach() {
        return true;
    }

    ContainerNode of(ContainerNode place, String threadName) {
        NameRule[] usersRules = ThreadNames.usersRules();
        int length = usersRules.length > 0
                ? threadName.length()
                : ThreadNames.lengthWithoutNumber(threadName);
        if (length < 0) {
            return find(place, threadName);
        }
        int hash = place.path().hashCode();
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + threadName.charAt(i);
        }
        int slot = hash & (CACHED - 1);
        Known last = known[slot];
        if (last != null && last.isFor(place, threadName, length)) {
            return last.container;
        }
        ContainerNode found = find(place, threadName);
        known[slot] = new Known(place, threadName.substring(0, length), found, usersRules);
        return found;
    }

    /**
     * Threads that call this at the same time may exceed the bound by a few. An overflow is kept by
     * the cache, also if another name's container is removed meanwhile.
     */
    private static ContainerNode find(ContainerNode place, String threadName) {
        String name = ThreadNames.of(threadName);
        ContainerNode existing = place.child(name);
        if (existing != null) {
            return existing;
        }
        return place.childCount() < MAX_NAMES ? place.chosenChild(name) : place;
    }
}
