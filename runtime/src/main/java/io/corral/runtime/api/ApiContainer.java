package io.corral.runtime.api;

import io.corral.Container;
import io.corral.Delegate;
import io.corral.Hierarchy;
import io.corral.Limits;
import io.corral.Scope;
import io.corral.Subsystem;
import io.corral.Usage;
import io.corral.VirtualThreads;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ReleaseNotices;
import io.corral.runtime.control.Door;
import io.corral.runtime.control.FairThreads;
import io.corral.runtime.control.LimitSwitch;
import io.corral.runtime.jdk.ForceInline;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Removal;
import io.corral.runtime.thread.Attach;
import io.corral.runtime.thread.DirectStarts;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.Usages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container as the application sees it: one object for each {@link ContainerNode}. A container
 * that code asks for, or acts on, does not give way from then on; see {@link ContainerNode#held}.
 * One that is only in a list or a snapshot may.
 */
public final class ApiContainer implements Container {

    private final ContainerNode node;

    ApiContainer(ContainerNode node) {
        this.node = node;
    }

    /** The node of a container that Corral made. */
    public static ContainerNode node(Container container) {
        return ((ApiContainer) container).node;
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public String path() {
        return node.path();
    }

    @Override
    public Hierarchy hierarchy() {
        return node.hierarchy().api();
    }

    @Override
    public @Nullable Container parent() {
        ContainerNode parent = node.parent();
        return parent == null ? null : parent.api();
    }

    @Override
    public List<Container> children() {
        List<Container> sorted = new ArrayList<>();
        for (ContainerNode child : node.childNodes()) {
            sorted.add(child.api());
        }
        sorted.sort(Comparator.comparing(Container::name));
        return sorted;
    }

    @Override
    public List<Thread> threads() {
        return Members.threadsIn(node);
    }

    @Override
    public VirtualThreads virtualThreads() {
        List<Thread> found = Members.virtualThreadsIn(node);
        // Counted last, so that a thread that ended during the search does not count as missed.
        long live = Usages.of(node, false).virtualThreads();
        return new VirtualThreads(
                List.copyOf(found),
                Usage.isKnown(live) ? Math.max(live - found.size(), 0) : Usage.UNKNOWN);
    }

    /**
     * As {@link ContainerNode#at}. The container does not give way from now on; one that does so
     * meanwhile is made again.
     */
    static ContainerNode found(ContainerNode above, String relativePath) {
        ContainerNode found;
        do {
            found = above.at(relativePath).held();
        } while (found.hasGivenWay());
        return found;
    }

    @Override
    public boolean isPopulated() {
        return node.isPopulated();
    }

    @Override
    public Container create(String name) {
        return node.held().create(name).api();
    }

    @Override
    public Container at(String relativePath) {
        return found(node.held(), relativePath).api();
    }

    @Override
    @ForceInline
    public Scope enter() {
        node.held().checkLive("enter");
        EnteredScope scope = EnteredScope.open(node);
        try {
            if (FairThreads.isOn()) {
                FairThreads.entered(Members.current());
            }
        } catch (StackOverflowError noStack) {
            // The scope is open, and the caller must get it.
        }
        return scope;
    }

    @Override
    public void attach(Thread thread) {
        Attach.move(Objects.requireNonNull(thread, "thread"), node.held());
    }

    @Override
    public int attachAll(Container from) {
        return Attach.moveAll(node(Objects.requireNonNull(from, "from")), node.held());
    }

    @Override
    public void start(Thread thread) {
        Objects.requireNonNull(thread, "thread");
        node.held().checkLive("start " + Jdk.title(thread) + " in");
        DirectStarts.start(thread, node);
    }

    @Override
    public Usage usage() {
        return Usages.of(node, true);
    }

    @Override
    public Usage ownUsage() {
        return Usages.of(node, false);
    }

    @Override
    public void onRelease(Consumer<Container> notice) {
        ReleaseNotices.add(node.held(), Objects.requireNonNull(notice, "notice"));
    }

    @Override
    public Delegate delegate() {
        return new ApiDelegate(node.held(), node);
    }

    @Override
    public boolean withdrawRelease(Consumer<Container> notice) {
        return ReleaseNotices.withdraw(node, Objects.requireNonNull(notice, "notice"));
    }

    @Override
    public void remove() {
        Removal.remove(node);
    }

    @Override
    public Limits limits() {
        return new ApiLimits(node.held());
    }

    @Override
    public Scope admit() {
        node.held().checkLive("enter");
        if (!LimitSwitch.isOn()) {
            return EnteredScope.open(node);
        }
        Member member = Members.current();
        Scope scope = Door.admit(member, node);
        try {
            FairThreads.entered(member);
        } catch (StackOverflowError noStack) {
            // As in enter.
        }
        return scope;
    }

    @Override
    public boolean isRemoved() {
        return node.isRemoved();
    }

    @Override
    public @Nullable Object state(Subsystem subsystem) {
        return node.states().get(Objects.requireNonNull(subsystem, "subsystem"));
    }

    @Override
    public String toString() {
        return node.isRemoved() ? node + " (removed)" : node.toString();
    }
}
