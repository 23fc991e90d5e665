package io.corral.runtime.api;

import io.corral.Container;
import io.corral.Delegate;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Removal;
import io.corral.runtime.thread.Attach;
import io.corral.runtime.thread.EnteredScope;
import io.corral.runtime.thread.Members;
import io.corral.runtime.usage.Usages;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A handle on the delegated container, or on one below it. */
final class ApiDelegate implements Delegate {

    private final ContainerNode delegated;
    private final ContainerNode node;

    ApiDelegate(ContainerNode delegated, ContainerNode node) {
        this.delegated = delegated;
        this.node = node;
    }

    private Delegate of(ContainerNode below) {
        return new ApiDelegate(delegated, below);
    }

    @Override
    public String path() {
        return node.path();
    }

    @Override
    public List<Delegate> children() {
        List<Delegate> children = new ArrayList<>();
        for (Container child : node.api().children()) {
            children.add(of(ApiContainer.node(child)));
        }
        return children;
    }

    @Override
    public Delegate create(String name) {
        return of(node.create(name));
    }

    @Override
    public Delegate at(String relativePath) {
        return of(ApiContainer.found(node, relativePath));
    }

    @Override
    public Scope enter() {
        node.checkLive("enter");
        ContainerNode from = Members.currentWorking().container(node.hierarchy());
        if (!HierarchyTree.isWithin(from, delegated)) {
            throw new IllegalStateException("thread " + Jdk.title(Thread.currentThread())
                    + " can't enter " + node + ": it works in " + from + ", which is outside "
                    + delegated);
        }
        return EnteredScope.open(node);
    }

    @Override
    public void attach(Thread thread) {
        Attach.moveWithin(delegated, Objects.requireNonNull(thread, "thread"), node);
    }

    @Override
    public void remove() {
        if (node == delegated) {
            throw new UnsupportedOperationException(
                    "container " + node + " is delegated; only its owner can remove it");
        }
        Removal.remove(node);
    }

    @Override
    public boolean isRemoved() {
        return node.isRemoved();
    }

    @Override
    public Usage usage() {
        return Usages.of(node, true);
    }

    @Override
    public String toString() {
        return node.api().toString();
    }
}
