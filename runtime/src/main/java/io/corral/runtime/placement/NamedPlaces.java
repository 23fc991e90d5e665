package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.notice.Log;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The children of a container of main, one for each {@linkplain ThreadNames name} of threads. Their
 * number is bounded, because names may contain IDs. Names that differ only in the number at their
 * end are scanned once.
 */
final class NamedPlaces implements Outcome {

    /**
     * The largest number of names with a container of their own. Further names share
     * {@link #OVERFLOW}.
     */
    static final int MAX_NAMES = 256;

    static final String OVERFLOW = "other";

    /** The largest number of names that differ only in their numbers and have a container each. */
    static final int MAX_VARIANTS = 64;

    /** A power of two. */
    private static final int CACHED = 512;

    /** The path of the container, as names from the root of main on. */
    private final String[] path;

    // Both arrays are written without a fence: the objects in them have only final fields, and a
    // lost entry is added again. (An atomic array costs a millisecond at start, for its
    // VarHandles.)

    private final @Nullable ContainerNode[] cache = new ContainerNode[CACHED];

    /** A cache of results by the beginning of names, so that most names need not be scanned. */
    private final @Nullable Known[] known = new Known[CACHED];

    /**
     * The number of names with a container, by shape. There are {@link #MAX_NAMES} shapes at most.
     */
    private final ConcurrentHashMap<String, AtomicInteger> variants = new ConcurrentHashMap<>(4);

    /** 1 once the warning was logged. */
    private final AtomicInteger isOverflowLogged = new AtomicInteger();

    /** @param path of the container, without the first slash */
    NamedPlaces(String path) {
        this.path = path.split("/", -1);
    }

    /** The container of a name without the number at its end. */
    private static final class Known {

        private final String begin;
        private final ContainerNode container;
        private final NameRule[] usersRules;

        Known(String begin, ContainerNode container, NameRule[] usersRules) {
            this.begin = begin;
            this.container = container;
            this.usersRules = usersRules;
        }

        boolean isFor(String threadName, int length) {
            return begin.length() == length
                    && threadName.startsWith(begin)
                    && usersRules == ThreadNames.usersRules()
                    && !container.isRemoved();
        }
    }

    @Override
    public ContainerNode container(HierarchyTree in, PlacedThread thread, List<String> captures) {
        return of(thread.name());
    }

    @Override
    public boolean placesEach() {
        return true;
    }

    ContainerNode of(String threadName) {
        NameRule[] usersRules = ThreadNames.usersRules();
        int length = usersRules.length > 0
                ? threadName.length()
                : ThreadNames.lengthWithoutNumber(threadName);
        if (length < 0) {
            return scan(threadName);
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + threadName.charAt(i);
        }
        int slot = hash & (CACHED - 1);
        Known last = known[slot];
        if (last != null && last.isFor(threadName, length)) {
            return last.container;
        }
        ContainerNode found = scan(threadName);
        known[slot] = new Known(threadName.substring(0, length), found, usersRules);
        return found;
    }

    private ContainerNode scan(String threadName) {
        ContainerNode parent = Trees.MAIN.root();
        for (String name : path) {
            parent = parent.chosenChild(name);
        }
        String counted = ThreadNames.counted(threadName);
        int slot = ThreadNames.hash(counted) & (CACHED - 1);
        ContainerNode cached = cache[slot];
        if (cached != null
                && cached.parent() == parent
                && !cached.isRemoved()
                && ThreadNames.matches(counted, cached.name())) {
            return cached;
        }
        ContainerNode found = find(parent, ThreadNames.scanned(counted));
        cache[slot] = found;
        return found;
    }

    private ContainerNode find(ContainerNode parent, String name) {
        ContainerNode known = parent.child(name);
        if (known != null) {
            return known;
        }
        String shape = ThreadNames.shape(name);
        if (parent.childCount() >= MAX_NAMES) {
            ContainerNode merged = parent.child(shape);
            return merged == null ? overflow(parent) : merged;
        }
        boolean isVariant = shape.equals(name) || isCountedIn(shape);
        return parent.chosenChild(isVariant ? name : shape);
    }

    /**
     * Counts a name; false if there are too many. Threads that call this at the same time may
     * exceed the bounds by a few.
     */
    private boolean isCountedIn(String shape) {
        AtomicInteger count = variants.get(shape);
        if (count == null) {
            AtomicInteger made = new AtomicInteger();
            AtomicInteger other = variants.putIfAbsent(shape, made);
            count = other == null ? made : other;
        }
        return count.get() < MAX_VARIANTS && count.getAndIncrement() < MAX_VARIANTS;
    }

    private ContainerNode overflow(ContainerNode parent) {
        if (isOverflowLogged.compareAndSet(0, 1)) {
            Log.error("there are threads of " + MAX_NAMES + " names in " + parent.path()
                    + "; further ones share " + parent.path() + "/" + OVERFLOW
                    + " (logged once). A rule such as thread \"job-*\" -> /jobs keeps threads"
                    + " together whose names have an id");
        }
        return parent.chosenChild(OVERFLOW);
    }
}
