package io.corral.runtime.api;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.Usage;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.Usages;

import java.util.Map;
import java.util.Objects;

/** A hierarchy as the application sees it: one object for each {@link HierarchyTree}. */
public final class ApiHierarchy implements Hierarchy {

    private final HierarchyTree tree;

    ApiHierarchy(HierarchyTree tree) {
        this.tree = tree;
    }

    @Override
    public String name() {
        return tree.name();
    }

    @Override
    public Container root() {
        return tree.root().api();
    }

    @Override
    public Container current() {
        return Members.currentWorking().container(tree).held().api();
    }

    @Override
    public Container of(Thread thread) {
        Member member = Members.of(Objects.requireNonNull(thread, "thread"));
        ContainerNode home = member == null ? tree.root() : member.homeOrRoot().container(tree);
        return home.held().api();
    }

    @Override
    public Container at(String path) {
        ContainerNode found;
        do {
            found = tree.at(path).held();
        } while (found.hasGivenWay());
        return found.api();
    }

    @Override
    public Map<Container, Usage> usages() {
        return Usages.of(tree);
    }

    @Override
    public String toString() {
        return tree.toString();
    }
}
