package io.corral.rules.methods;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.control.Admission;
import io.corral.runtime.control.Refused;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request, and its place in each hierarchy into which rules for requests lead, as the last part
 * of the request has found it. Several threads may work for a request at once: of two concurrent
 * changes, one may be lost.
 */
final class PlacedRequest {

    private static final Place[] NONE = {};

    /** Weak, since the request may be the key of this in a weak map. */
    private final WeakReference<Object> request;

    /** Replaced as a whole, and not changed. */
    private volatile Place[] places = NONE;

    /** Null if the request has not been in a container with limits. */
    private volatile @Nullable Admission admission;

    /** Null unless a limit has refused the request. */
    private volatile @Nullable Refused refused;

    PlacedRequest(Object request) {
        this.request = new WeakReference<>(request);
    }

    /**
     * A request's place in one hierarchy.
     *
     * @param rule the rule for requests that has chosen it; null if a scope of code or another rule
     *     has
     */
    record Place(ContainerNode container, @Nullable EntryRule rule) {}

    boolean isFor(Object other) {
        return request.refersTo(other);
    }

    /** The request; null if it was collected. */
    @Nullable Object request() {
        return request.get();
    }

    @Nullable Admission admission() {
        return admission;
    }

    void admission(@Nullable Admission first) {
        admission = first;
    }

    @Nullable Refused refused() {
        return refused;
    }

    void refused(@Nullable Refused why) {
        refused = why;
    }

    @Nullable Place in(HierarchyTree hierarchy) {
        for (Place place : places) {
            if (place.container.hierarchy() == hierarchy) {
                return place;
            }
        }
        return null;
    }

    /** Replaces the place in its hierarchy. */
    void put(Place place) {
        Place[] known = places;
        for (int i = 0; i < known.length; i++) {
            if (known[i].container.hierarchy() == place.container.hierarchy()) {
                Place[] changed = known.clone();
                changed[i] = place;
                places = changed;
                return;
            }
        }
        Place[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = place;
        places = more;
    }
}
