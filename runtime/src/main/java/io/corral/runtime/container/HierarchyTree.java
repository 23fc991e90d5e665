package io.corral.runtime.container;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.Usage;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.UsageReading;

import java.util.Map;
import java.util.Objects;

/** One tree of containers. */
public final class HierarchyTree implements Hierarchy {

    /** Its place in each {@link Membership}. */
    final int index;

    private final String name;
    private final ContainerNode root;

    HierarchyTree(String name, int index) {
        this.name = name;
        this.index = index;
        this.root = new ContainerNode(this, null, "/");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ContainerNode root() {
        return root;
    }

    @Override
    public ContainerNode current() {
        return Members.currentWorking().container(this);
    }

    @Override
    public ContainerNode of(Thread thread) {
        Member member = Members.of(Objects.requireNonNull(thread, "thread"));
        return member == null ? root : member.homeOrRoot().container(this);
    }

    @Override
    public ContainerNode at(String path) {
        return root.descend(ContainerNames.ofAbsolute(path));
    }

    @Override
    public Map<Container, Usage> usages() {
        return UsageReading.ofAll(this);
    }

    /** Whether one of the first {@code count} of {@code containers} is in it. */
    public boolean hasOneOf(ContainerNode[] containers, int count) {
        for (int i = 0; i < count; i++) {
            if (containers[i].hierarchy() == this) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * @param what takes containers of two hierarchies
     * @throws IllegalArgumentException if these are of one
     */
    public static void checkTwo(ContainerNode one, ContainerNode other, String what) {
        if (one.hierarchy() == other.hierarchy()) {
            throw new IllegalArgumentException("containers " + one + " and " + other
                    + " are of one hierarchy; " + what + " needs two hierarchies");
        }
    }
}
