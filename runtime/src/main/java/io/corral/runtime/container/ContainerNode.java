package io.corral.runtime.container;

import io.corral.Container;
import io.corral.runtime.accounting.MutableUsage;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A container: its place in the tree, its children, and the state that others keep for it. */
public final class ContainerNode extends ContainerLife implements Destination {

    private static final AtomicReferenceFieldUpdater<ContainerNode, @Nullable Container> API =
            AtomicReferenceFieldUpdater.newUpdater(ContainerNode.class, Container.class, "api");

    private final HierarchyTree hierarchy;
    private final @Nullable ContainerNode parent;
    private final String name;

    /** Whether this is {@code /jvm} of the first hierarchy, which is main, or below it. */
    private final boolean belongsToJvm;

    /** See {@link ChosenPlaces}. */
    private final boolean chosen;

    private final String path;

    /** The number of containers above this one. */
    private final int depth;

    /**
     * The children by name. Written under {@link Trees#LOCK}, read without it. The map is not
     * sorted, since the class of a sorted map would take time at the JVM's start.
     */
    final ConcurrentHashMap<String, ContainerNode> children = new ConcurrentHashMap<>(4);

    /** What was charged here and below, as of the last reading; see {@link Rollup}. */
    final MutableUsage sum = new MutableUsage();

    /** Links of {@link ContainerTable}: the index, and the next changed container. */
    int slot;

    @Nullable
    ContainerNode nextChanged;

    /** Not null while subsystems are told of this container. */
    volatile @Nullable Introduction introduction;

    private final SubsystemStates states = new SubsystemStates();

    private final ReleaseNotices releaseNotices = new ReleaseNotices(this);

    /** Created at the first call. */
    private volatile @Nullable Container api;

    /** See {@link #virtualPlace}. Set at the first call. */
    private volatile @Nullable ContainerNode virtualPlace;

    /** @param chosen whether a rule with the word {@code chosen} creates it */
    ContainerNode(
            HierarchyTree hierarchy, @Nullable ContainerNode parent, String name, boolean chosen) {
        super(hierarchy.index);
        this.hierarchy = hierarchy;
        this.parent = parent;
        this.name = name;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.path = parent == null
                ? "/"
                : parent.parent == null ? "/" + name : parent.path + "/" + name;
        this.belongsToJvm = parent != null
                && (parent.belongsToJvm || (hierarchy.index == 0 && path.equals("/jvm")));
        this.chosen = chosen || ChosenPlaces.contain(hierarchy.index, parent, name);
    }

    /** Whether Corral chose this place by itself; false for the user's containers. */
    public boolean isChosen() {
        return chosen;
    }

    /**
     * The place of virtual threads that are started from here; see {@link ChosenPlaces#virtual}.
     */
    public ContainerNode virtualPlace() {
        ContainerNode known = virtualPlace;
        if (known == null || known.isRemoved()) {
            known = ChosenPlaces.virtual(this);
            virtualPlace = known;
        }
        return known;
    }

    @Override
    public Membership from(Membership place) {
        return place.moveTo(this);
    }

    /** Whether this is {@code /jvm} or below it. */
    public boolean belongsToJvm() {
        return belongsToJvm;
    }

    public String name() {
        return name;
    }

    public String path() {
        return path;
    }

    public HierarchyTree hierarchy() {
        return hierarchy;
    }

    /** The number of containers above this one: 0 for a root. */
    public int depth() {
        return depth;
    }

    public @Nullable ContainerNode parent() {
        return parent;
    }

    /**
     * The child of that name, or null. For hooks: takes no lock. Waits a second at most until
     * subsystems were told of the child, since their callbacks may wait for a lock that the calling
     * thread holds.
     */
    public @Nullable ContainerNode child(String childName) {
        ContainerNode child = StackSafeMaps.get(children, childName);
        if (child != null) {
            child.awaitIntroductionBriefly();
        }
        return child;
    }

    /** As {@link #child}, but creates the child if there is none. */
    public ContainerNode childOrNew(String childName) {
        return childOrNew(childName, false);
    }

    /** As {@link #childOrNew(String)}; a new child is a {@linkplain #isChosen chosen} place. */
    public ContainerNode chosenChild(String childName) {
        return childOrNew(childName, true);
    }

    private ContainerNode childOrNew(String childName, boolean isChosen) {
        ContainerNode child = foundOrLinked(childName, isChosen);
        child.awaitIntroductionBriefly();
        return child;
    }

    private ContainerNode foundOrLinked(String childName, boolean isChosen) {
        ContainerNode child = StackSafeMaps.get(children, childName);
        return child != null
                ? child
                : Creation.link(
                        this,
                        new ContainerNode(
                                hierarchy, this, ContainerNames.check(childName), isChosen));
    }

    /** As {@link #awaitIntroduction}, but waits a second at most. */
    void awaitIntroductionBriefly() {
        Introduction running = introduction;
        if (running != null) {
            running.awaitBriefly();
        }
    }

    /**
     * Waits until subsystems were told of this container. A thread that introduces a container
     * itself does not wait.
     */
    void awaitIntroduction() {
        Introduction running = introduction;
        if (running != null) {
            running.await();
        }
    }

    public int childCount() {
        return children.size();
    }

    /** The names of the children, sorted. */
    Set<String> childNames() {
        return new TreeSet<>(children.keySet());
    }

    /** Whether a live thread is a member here or below. */
    public boolean isPopulated() {
        return Population.isIn(this);
    }

    public ContainerNode create(String name) {
        String childName = ContainerNames.normalised(ContainerNames.check(name));
        Bounds.checkDepth(this, childName);
        Bounds.checkCount(this, childName);
        ContainerNode child = new ContainerNode(hierarchy, this, childName, false);
        if (Creation.link(this, child) != child) {
            throw new IllegalArgumentException(
                    "container " + this + " has a child \"" + childName + "\" already");
        }
        return child;
    }

    public ContainerNode at(String relativePath) {
        return descend(ContainerNames.ofRelative(relativePath));
    }

    ContainerNode descend(String[] names) {
        Bounds.checkDepth(this, names);
        ContainerNode node = this;
        for (String name : names) {
            // A rule may have created a child of that name in a hook, where names are not
            // normalised.
            String next = node.children.containsKey(name) ? name : ContainerNames.normalised(name);
            if (!node.children.containsKey(next)) {
                Bounds.checkCount(node, next);
            }
            node = node.foundOrLinked(next, false);
            node.awaitIntroduction();
        }
        if (node == this) {
            checkLive("look below");
        }
        return node;
    }

    void introduced() {
        introduction = null;
    }

    public void remove() {
        Removal.remove(this);
    }

    /** Under {@link Trees#LOCK}: drops a child that is removed. */
    void forget(ContainerNode child) {
        Population.shrinks();
        StackSafeMaps.remove(children, child.name, child);
    }

    ContainerNode nearestLive() {
        ContainerNode node = this;
        while (node.parent != null && node.isRemovedOrSpin()) {
            node = node.parent;
        }
        return node;
    }

    /** The API's object for this container. */
    public Container api() {
        Container known = api;
        return known == null ? makeApi() : known;
    }

    private Container makeApi() {
        Container made = ApiObjects.Current.objects().container(this);
        if (API.compareAndSet(this, null, made)) {
            return made;
        }
        Container other = api;
        return other == null ? made : other;
    }

    /** The states of subsystems for this container. */
    public SubsystemStates states() {
        return states;
    }

    /** Under {@link Trees#LOCK}: what was charged here and below, as of the last reading. */
    public MutableUsage sum() {
        return sum;
    }

    /** Under {@link Trees#LOCK}: what was charged here and not below, as of the last reading. */
    public MutableUsage ownSum() {
        MutableUsage own = sum.copy();
        for (ContainerNode child : children.values()) {
            own.subtract(child.sum);
        }
        return own;
    }

    ReleaseNotices releaseNotices() {
        return releaseNotices;
    }

    public Iterable<ContainerNode> childNodes() {
        return children.values();
    }

    @Override
    public String toString() {
        return hierarchy.name() + ":" + path;
    }
}
