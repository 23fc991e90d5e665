package io.corral.runtime.thread;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Membership;
import io.corral.runtime.container.Trees;
import io.corral.runtime.notice.Observer;
import io.corral.runtime.subsystem.MoveCallbacks;

import org.jspecify.annotations.Nullable;

/** Tells subsystems and the observer that the calling thread works elsewhere. */
final class Switches {

    private Switches() {}

    /** Whether a subsystem or the observer is told. */
    static boolean areTold() {
        return MoveCallbacks.areAskedFor() || observer() != null;
    }

    static void tell(Membership before, Membership after) {
        MoveCallbacks.switched(Thread.currentThread(), before, after);
        Observer observer = observer();
        if (observer != null) {
            tell(observer, before, after);
        }
    }

    /** The observer if it observes switches, or null. */
    private static @Nullable Observer observer() {
        Observer observer = Observer.Current.observer;
        return observer != null && observer.observesSwitches() ? observer : null;
    }

    private static void tell(Observer observer, Membership before, Membership after) {
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            ContainerNode from = before.container(hierarchy);
            ContainerNode to = after.container(hierarchy);
            if (from != to) {
                observer.switched(Thread.currentThread(), from.api(), to.api());
            }
        }
    }
}
