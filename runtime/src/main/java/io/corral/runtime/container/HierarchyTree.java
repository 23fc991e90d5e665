package io.corral.runtime.container;

import io.corral.Hierarchy;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One tree of containers. */
public final class HierarchyTree {

    private static final AtomicReferenceFieldUpdater<HierarchyTree, @Nullable Hierarchy> API =
            AtomicReferenceFieldUpdater.newUpdater(HierarchyTree.class, Hierarchy.class, "api");

    /** The index of this hierarchy in {@link Trees#hierarchies}. */
    public final int index;

    /** Its containers. Under {@link Trees#LOCK}. */
    public final ContainerTable nodes = new ContainerTable();

    private final String name;
    private final ContainerNode root;

    /** Created at the first call. */
    private volatile @Nullable Hierarchy api;

    HierarchyTree(String name, int index) {
        this.name = name;
        this.index = index;
        this.root = new ContainerNode(this, null, "/", true, null);
        nodes.makeRoom();
        nodes.add(root);
    }

    public String name() {
        return name;
    }

    public ContainerNode root() {
        return root;
    }

    public ContainerNode at(String path) {
        return root.descend(ContainerNames.ofAbsolute(path));
    }

    /** The API's object for this hierarchy. */
    public Hierarchy api() {
        Hierarchy known = api;
        return known == null ? makeApi() : known;
    }

    private Hierarchy makeApi() {
        Hierarchy made = ApiObjects.Current.objects().hierarchy(this);
        if (API.compareAndSet(this, null, made)) {
            return made;
        }
        Hierarchy other = api;
        return other == null ? made : other;
    }

    /**
     * Whether one of the first {@code count} elements of {@code containers} is in this hierarchy.
     */
    public boolean hasOneOf(ContainerNode[] containers, int count) {
        for (int i = 0; i < count; i++) {
            if (containers[i].hierarchy() == this) {
                return true;
            }
        }
        return false;
    }

    /** Whether a container is {@code other} or below it. */
    public static boolean isWithin(ContainerNode container, ContainerNode other) {
        ContainerNode at = container;
        while (at != null && at != other) {
            at = at.parent();
        }
        return at == other;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * @param what the action that needs containers of two hierarchies, for the message
     * @throws IllegalArgumentException if both are of one hierarchy
     */
    public static void checkTwo(ContainerNode one, ContainerNode other, String what) {
        if (one.hierarchy() == other.hierarchy()) {
            throw new IllegalArgumentException("containers " + one + " and " + other
                    + " are of one hierarchy; " + what + " needs two hierarchies");
        }
    }
}
