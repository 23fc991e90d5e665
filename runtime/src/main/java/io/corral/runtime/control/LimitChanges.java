package io.corral.runtime.control;

import io.corral.Container;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.notice.Observer;

import org.jspecify.annotations.Nullable;

/** Tells the observer of each limit of a container that has changed. */
final class LimitChanges {

    private static final String NONE = "none";

    /** The value of {@code fair}, which a line does not write. */
    private static final String ON = "on";

    private LimitChanges() {}

    static void report(ContainerNode node, LimitSettings before, LimitSettings now) {
        Observer observer = Observer.Current.observer;
        if (observer == null) {
            return;
        }
        Container container = node.api();
        for (String control : LimitNames.ALL) {
            LimitText was = LimitText.of(before, control);
            LimitText is = LimitText.of(now, control);
            LimitText known = is == null ? was : is;
            if (known != null && !value(was).equals(value(is))) {
                observer.limitChanged(container, control, value(was), value(is), known.origin());
            }
        }
    }

    private static String value(@Nullable LimitText limit) {
        if (limit == null) {
            return NONE;
        }
        boolean isFair = limit.control().equals(LimitNames.FAIR);
        String on = isFair ? limit.value().isEmpty() ? ON : ON + " " : "";
        return on + limit.value() + limit.suffixOfMode();
    }
}
