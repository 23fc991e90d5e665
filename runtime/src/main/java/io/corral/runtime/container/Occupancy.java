package io.corral.runtime.container;

import io.corral.runtime.accounting.ScopeCounts;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The use of a container that a placeholder of a rule made, or that was made below such a
 * container. It may <em>give way</em>: it is removed while nobody uses it, and made again when it
 * is used.
 *
 * <p>It does not refer to its container. So memberships of removed containers can keep it.
 */
public final class Occupancy {

    /** The container of the values for which there is no room. It never gives way. */
    public static final String OVERFLOW = "other";

    /** The container is made again if it gives way meanwhile; gives up after so many attempts. */
    private static final int MAX_ATTEMPTS = 8;

    /** The number of requests from which on they are not counted. */
    private static final int MANY = 2;

    /** The containers below which there are, or were, containers that may give way. */
    private static final Set<ContainerNode> PARENTS = ConcurrentHashMap.newKeySet();

    /** Is told of each container that may give way, after it was made; null if none is wanted. */
    private static volatile @Nullable Listener listener;

    /** The scopes in the container. */
    public final ScopeCounts scopes = new ScopeCounts();

    /** The number of such containers that exist, of the rule that made this one. */
    private final AtomicInteger made;

    /** Whether code has got the container from the API. */
    private volatile boolean isHeld;

    /** The number of requests that rules have led here: {@link #MANY} at most. */
    private volatile int requests;

    /** How the container is made again; null unless it has given way, or is about to. */
    private volatile @Nullable Origin origin;

    /** What a look has found, for the next one. Accessed by the thread that looks. */
    public long uses = -1;

    public long idleSinceNanos;

    /** Called on the thread that made a container, without a lock. */
    public interface Listener {
        void made(ContainerNode parent);
    }

    private record Origin(ContainerNode parent, String name, boolean isChosen) {}

    /** @param made counts the containers of the rule that exist */
    Occupancy(AtomicInteger made) {
        this.made = made;
    }

    /** A call initializes this class. */
    public static void initialize() {}

    /** Sets the listener from now on. */
    public static void listener(@Nullable Listener listener) {
        Occupancy.listener = listener;
    }

    /** Containers below which some may give way. The caller may remove elements. */
    public static Set<ContainerNode> parents() {
        return PARENTS;
    }

    /**
     * Whether a placeholder may make another container.
     *
     * @param made the number of containers of its rule that exist
     */
    public static boolean hasRoom(ContainerNode parent, int made) {
        return parent.childCount() < Bounds.places()
                && made < Bounds.placesOfRule()
                && !Bounds.isCountReached();
    }

    /** For a container below this one. */
    Occupancy below() {
        return new Occupancy(made);
    }

    /** Called after the container was put into its tree, without a lock. */
    void linked(ContainerNode parent) {
        made.getAndIncrement();
        PARENTS.add(parent);
        Listener known = listener;
        if (known != null) {
            known.made(parent);
        }
    }

    /** Called after the container was removed. */
    public void unlinked(ContainerNode removed) {
        made.getAndDecrement();
        PARENTS.remove(removed);
    }

    /** Notes that code has got the container: it stays. */
    void hold() {
        if (!isHeld) {
            isHeld = true;
        }
    }

    public boolean isHeld() {
        return isHeld;
    }

    /** Whether {@link #countRequest} has to be called. */
    boolean countsRequests() {
        return requests < MANY;
    }

    /** Notes that a rule has led a request here. Requests at the same time may count as one. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void countRequest() {
        requests++;
    }

    /** The number of requests that rules have led here; 2 stands for more. */
    public int requests() {
        return requests;
    }

    /**
     * Called while the container is marked for removal: whether nobody uses it. A scope that is
     * opened is counted before it checks for the mark. So one of the two sees the other.
     */
    boolean mayGiveWay() {
        return !isHeld && scopes.openedUnlessOpen() != ScopeCounts.OPEN;
    }

    /** Called before the container gives way: from then on it can be made again. */
    public void comesBackAs(ContainerNode parent, String name, boolean isChosen) {
        origin = new Origin(parent, name, isChosen);
    }

    /** Called if the container could not give way. */
    public void stays() {
        origin = null;
    }

    boolean hasOrigin() {
        return origin != null;
    }

    /**
     * The container in place of the one that has given way: found, or made again. It is the
     * container {@link #OVERFLOW} if there is no room. Null if it has not given way, or could not
     * be made.
     */
    public @Nullable ContainerNode again() {
        Origin known = origin;
        for (int i = 0; known != null && i < MAX_ATTEMPTS; i++) {
            try {
                ContainerNode parent = known.parent.again();
                ContainerNode found = parent.child(known.name);
                if (found == null) {
                    boolean fits = hasRoom(parent, made.get());
                    found = parent.madeByRule(
                            fits ? known.name : OVERFLOW, known.isChosen, fits ? made : null);
                }
                if (!found.isRemovedOrSpin()) {
                    return found;
                }
                // It is marked as removed, and about to leave the tree.
                Trees.awaitRemoval();
            } catch (ContainerRemovedException meanwhile) {
                // The parent gave way in its turn.
            }
        }
        return null;
    }
}
