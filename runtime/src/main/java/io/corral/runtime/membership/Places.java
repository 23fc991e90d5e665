package io.corral.runtime.membership;

/** Containers of several hierarchies, entered at once: one switch, and one scope. */
public final class Places implements Destination {

    private final ContainerNode[] containers;

    /** @param containers each of another hierarchy; the caller's no more */
    public Places(ContainerNode[] containers) {
        this.containers = containers;
    }

    /**
     * @throws IllegalArgumentException if both are of one hierarchy
     * @throws IllegalStateException if one was removed
     */
    public static Places of(ContainerNode one, ContainerNode other) {
        HierarchyTree.checkTwo(one, other, "to enter both at once");
        one.checkLive("enter");
        other.checkLive("enter");
        return new Places(new ContainerNode[] {one, other});
    }

    @Override
    public Membership from(Membership place) {
        Membership at = place;
        if (crossings(place) > 1) {
            // On the way nobody is where one is in some of these, and in some of those: there would
            // be more such places than others.
            for (ContainerNode container : containers) {
                at = at.moveTo(container.hierarchy().root());
            }
        }
        for (ContainerNode container : containers) {
            at = at.moveTo(container);
        }
        return at;
    }

    /** How many of these one comes to from another container. */
    private int crossings(Membership place) {
        int crossings = 0;
        for (ContainerNode container : containers) {
            crossings += place.isCrossing(container) ? 1 : 0;
        }
        return crossings;
    }

    /** Whether these are the first {@code count} of {@code others}. */
    public boolean are(ContainerNode[] others, int count) {
        if (containers.length != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (containers[i] != others[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (ContainerNode container : containers) {
            text.append(text.length() == 0 ? "" : " and ").append(container);
        }
        return text.toString();
    }
}
