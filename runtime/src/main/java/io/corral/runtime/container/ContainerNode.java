package io.corral.runtime.container;

import io.corral.Container;
import io.corral.runtime.accounting.AccountTotals;
import io.corral.runtime.accounting.MutableUsage;
import io.corral.runtime.jdk.StackSafeMaps;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A container: its place in the tree, its children, its life, and the state that others keep for
 * it.
 */
public final class ContainerNode implements Destination {

    /** The life of a container. */
    public enum State {
        LIVE,
        /**
         * Marked for removal while members are counted. After the count the state is one of the
         * other two.
         */
        REMOVING,
        REMOVED
    }

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

    /**
     * Written under {@link Trees#LOCK}, read by hooks without it. A field, since a removal that
     * finds no stack restores it without a call.
     */
    public volatile State state = State.LIVE;

    /** The accounts of threads in this container. A removed container keeps them. */
    public final AccountList accounts;

    private final MutableUsage sum = new MutableUsage();

    /** See {@link #removedSum()}. Null if no child was removed. */
    private @Nullable MutableUsage removedSum;

    /** Links of {@link ContainerTable}: the index, and the next changed container. */
    int slot;

    @Nullable ContainerNode nextChanged;

    /** Not null while subsystems are told of this container. */
    volatile @Nullable CreationCallbacks creationCallbacks;

    /** Null if the container never gives way. */
    private final @Nullable Occupancy occupancy;

    private final SubsystemStates states = new SubsystemStates();

    /**
     * Null until the limits of this container are first needed. Written by {@code control} only.
     */
    public volatile @Nullable NodeControl control;

    private final ReleaseNotices releaseNotices = new ReleaseNotices(this);

    /** Created at the first call. */
    private volatile @Nullable Container api;

    /** See {@link #virtualPlace}. Set at the first call. */
    private volatile @Nullable ContainerNode virtualPlace;

    /**
     * @param chosen whether a rule with the word {@code chosen} creates it
     * @param occupancy null if it never gives way
     */
    ContainerNode(
            HierarchyTree hierarchy,
            @Nullable ContainerNode parent,
            String name,
            boolean chosen,
            @Nullable Occupancy occupancy) {
        this.hierarchy = hierarchy;
        this.occupancy = occupancy;
        this.accounts = new AccountList(hierarchy.index);
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

    /**
     * Where the places for names of virtual threads are, if this is a {@link #virtualPlace}: here,
     * or above this if it is such a place itself.
     */
    public ContainerNode placeOfVirtualNames() {
        return parent == null || ChosenPlaces.isVirtual(this) ? this : parent;
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
            child.awaitCreationCallbacksBriefly();
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

    /**
     * As {@link #childOrNew(String)}, for a rule.
     *
     * @param isChosen whether a new child is a chosen place
     * @param made counts the containers of the rule that may give way, such as a new child; null if
     *     the child has a name without a placeholder
     */
    public ContainerNode madeByRule(
            String childName, boolean isChosen, @Nullable AtomicInteger made) {
        ContainerNode child = foundOrLinked(
                childName, isChosen, made == null ? occupancyBelow() : new Occupancy(made));
        child.awaitCreationCallbacksBriefly();
        return child;
    }

    private ContainerNode childOrNew(String childName, boolean isChosen) {
        return madeByRule(childName, isChosen, null);
    }

    /** What hooks create below a container that may give way does so too. */
    private @Nullable Occupancy occupancyBelow() {
        return occupancy == null ? null : occupancy.below();
    }

    private ContainerNode foundOrLinked(
            String childName, boolean isChosen, @Nullable Occupancy occupancy) {
        ContainerNode child = StackSafeMaps.get(children, childName);
        return child != null
                ? child
                : Creation.link(
                        this,
                        new ContainerNode(
                                hierarchy,
                                this,
                                ContainerNames.check(childName),
                                isChosen,
                                occupancy));
    }

    /**
     * Waits until subsystems were told of this container. A thread that runs such callbacks does
     * not wait.
     */
    private void awaitCreationCallbacks() {
        CreationCallbacks running = creationCallbacks;
        if (running != null) {
            running.await();
        }
    }

    /** As {@link #awaitCreationCallbacks}, but waits a second at most. */
    public void awaitCreationCallbacksBriefly() {
        CreationCallbacks running = creationCallbacks;
        if (running != null) {
            running.awaitBriefly();
        }
    }

    /**
     * Runs the {@code containerRemoved} callbacks, or leaves them to the thread that still runs the
     * {@code containerCreated} callbacks.
     */
    public void tellRemoval(ContainerListener listener) {
        CreationCallbacks running = creationCallbacks;
        if (running == null || !running.endsWithRemoval(listener)) {
            listener.containerRemoved(this);
        }
    }

    public int childCount() {
        return children.size();
    }

    /** The names of the children, sorted. */
    public Set<String> childNames() {
        return new TreeSet<>(children.keySet());
    }

    /** Whether a live thread is a member here or below. */
    public boolean isPopulated() {
        return Population.isIn(this);
    }

    public ContainerNode create(String name) {
        String childName = ContainerNames.normalised(ContainerNames.check(name));
        Bounds.checkDepth(this, depth, childName);
        Bounds.checkCount(this, childName);
        ContainerNode child = new ContainerNode(hierarchy, this, childName, false, null);
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
        Bounds.checkDepth(this, depth, names);
        ContainerNode node = this;
        for (String name : names) {
            // A rule may have created a child of that name in a hook, where names are not
            // normalised.
            String next = node.children.containsKey(name) ? name : ContainerNames.normalised(name);
            if (!node.children.containsKey(next)) {
                Bounds.checkCount(node, next);
            }
            node = node.foundOrLinked(next, false, null);
            node.awaitCreationCallbacks();
        }
        if (node == this) {
            checkLive("look below");
        }
        return node;
    }

    /** Whether threads are members of this container, without its children. */
    public boolean hasMembers() {
        return accounts.hasMembers();
    }

    public boolean isRemoved() {
        return state == State.REMOVED;
    }

    /** The use of this container, which may give way; null for one that never does. */
    public @Nullable Occupancy occupancy() {
        return occupancy;
    }

    /**
     * How many threads were ever members here; {@link AccountTotals#PINNED} if there is one now.
     */
    public long membersUnlessPopulated() {
        return accounts.pinsUnlessPinned();
    }

    @Override
    public boolean hasGivenWay() {
        Occupancy known = occupancy;
        return known != null && isRemovedOrSpin() && known.hasOrigin();
    }

    @Override
    public ContainerNode again() {
        Occupancy known = occupancy;
        if (known == null || !hasGivenWay()) {
            return this;
        }
        ContainerNode made = known.again();
        return made == null ? this : made;
    }

    /** Called when code gets this container from the API: it does not give way from now on. */
    public ContainerNode held() {
        Occupancy known = occupancy;
        if (known != null) {
            known.hold();
        }
        return this;
    }

    /** Whether {@link #countRequest} has to be called. */
    public boolean countsRequests() {
        Occupancy known = occupancy;
        return known != null && known.countsRequests();
    }

    /** Notes that a rule has led a request here. */
    public void countRequest() {
        ContainerNode node = this;
        while (node != null && node.countsRequests()) {
            Objects.requireNonNull(node.occupancy).countRequest();
            node = node.parent;
        }
    }

    /** As {@link #isRemoved}. Spins during a removal, since a hook may not block. */
    public boolean isRemovedOrSpin() {
        State now = state;
        while (now == State.REMOVING) {
            Thread.onSpinWait();
            now = state;
        }
        return now == State.REMOVED;
    }

    /**
     * @param what the action that needs a live container, for the message
     * @throws ContainerRemovedException if it was removed
     */
    public void checkLive(String what) {
        if (isRemoved()) {
            throw new ContainerRemovedException(
                    "can't " + what + " container " + this + ": it was removed");
        }
    }

    /**
     * Under {@link Trees#LOCK}: marks this container as removed, unless it has members. It is
     * marked before its members are counted. A fork counts its thread before it checks for the
     * mark. So one of the two sees the other.
     *
     * @param toGiveWay null if code removes the container; else its occupancy: then it is not
     *     marked if it is in use
     * @return whether it is marked as removed
     */
    public boolean markRemovedIfEmpty(@Nullable Occupancy toGiveWay) {
        State outcome = State.LIVE;
        state = State.REMOVING;
        try {
            if (!hasMembers() && (toGiveWay == null || toGiveWay.mayGiveWay())) {
                outcome = State.REMOVED;
            }
        } finally {
            state = outcome;
        }
        return outcome == State.REMOVED;
    }

    /** Under {@link Trees#LOCK}: takes a child that is removed out of the tree. */
    public void unlink(ContainerNode child) {
        AccountList.countDeparture();
        StackSafeMaps.remove(children, child.name, child);
        hierarchy.nodes.remove(child);
        Bounds.add(-1);
    }

    /** This container, or the nearest one above it that was not removed. */
    public ContainerNode nearestLive() {
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

    /**
     * Under {@link Trees#LOCK}: what was charged here and below, as of the last reading. Readings
     * write it.
     */
    public MutableUsage sum() {
        return sum;
    }

    /**
     * Under {@link Trees#LOCK}: the usage of removed children, as of the last reading; null if no
     * child was removed. It is a part of {@link #sum()}.
     */
    public @Nullable MutableUsage removedSum() {
        return removedSum;
    }

    /**
     * Under {@link Trees#LOCK}: creates {@link #removedSum()}, so that a removal needs no memory.
     */
    public void prepareRemovedSum() {
        if (removedSum == null) {
            removedSum = new MutableUsage();
        }
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
