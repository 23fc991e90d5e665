package io.corral.runtime.membership;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;

/** Containers of several hierarchies, entered at once: one switch, and one scope. */
public final class Places implements Route {

    private final ContainerNode[] containers;

    /**
     * @param containers containers of different hierarchies; the caller must not use the array
     *     afterwards
     */
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
        return place.moveTo(containers, containers.length);
    }

    /** Whether one of these containers is in {@code hierarchy}. */
    public boolean leadInto(HierarchyTree hierarchy) {
        return hierarchy.hasOneOf(containers, containers.length);
    }

    @Override
    public boolean hasGivenWay() {
        return haveGivenWay(containers);
    }

    /** See {@link #hasGivenWay}. */
    public static boolean haveGivenWay(ContainerNode[] containers) {
        for (ContainerNode container : containers) {
            if (container.hasGivenWay()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Places again() {
        ContainerNode[] again = again(containers);
        return again == containers ? this : new Places(again);
    }

    /** See {@link #again()}. The same array if there is nothing new. */
    public static ContainerNode[] again(ContainerNode[] containers) {
        ContainerNode[] again = containers;
        for (int i = 0; i < containers.length; i++) {
            ContainerNode made = containers[i].again();
            if (made != containers[i]) {
                again = again == containers ? containers.clone() : again;
                again[i] = made;
            }
        }
        return again;
    }

    /** Whether these containers are the first {@code count} elements of {@code others}. */
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
