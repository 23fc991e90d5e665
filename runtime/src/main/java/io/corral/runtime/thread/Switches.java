package io.corral.runtime.thread;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.Observer;

import org.jspecify.annotations.Nullable;

/** Reports the switches of the calling thread to the observer. */
final class Switches {

    private Switches() {}

    /** Whether the observer follows switches. */
    static boolean areObserved() {
        return observer() != null;
    }

    /** Tells the observer of a switch. {@link CallbackQueue} runs the callbacks of subsystems. */
    static void observe(Membership before, Membership after) {
        Observer observer = observer();
        if (observer != null) {
            report(observer, before, after);
        }
    }

    /** The observer if it observes switches, or null. */
    private static @Nullable Observer observer() {
        Observer observer = Observer.Current.observer;
        return observer != null && observer.observesSwitches() ? observer : null;
    }

    private static void report(Observer observer, Membership before, Membership after) {
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            ContainerNode from = before.container(hierarchy);
            ContainerNode to = after.container(hierarchy);
            if (from != to) {
                observer.switched(Thread.currentThread(), from.api(), to.api());
            }
        }
    }
}
