package io.corral.rules.limits;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.control.LimitSettings;
import io.corral.runtime.placement.ThreadRules;

import org.jspecify.annotations.Nullable;

/** A {@code limit} line: containers, and what limits each of them. */
public final class LimitRule {

    private final String location;
    private final LimitPattern pattern;
    private final LimitControls controls;

    /** Whether a container has matched. */
    private volatile boolean isUsed;

    LimitRule(String location, LimitPattern pattern, LimitControls controls) {
        this.location = location;
        this.pattern = pattern;
        this.controls = controls;
    }

    /** The file and the line. */
    String location() {
        return location;
    }

    LimitPattern pattern() {
        return pattern;
    }

    LimitControls controls() {
        return controls;
    }

    LimitSettings settings() {
        return controls.settings();
    }

    boolean matches(ContainerNode container) {
        boolean matches = pattern.matches(container);
        if (matches && !isUsed) {
            isUsed = true;
        }
        return matches;
    }

    boolean isUsed() {
        return isUsed;
    }

    /** Null if a container has matched. */
    ThreadRules.@Nullable Unmatched unmatched() {
        return isUsed
                ? null
                : new ThreadRules.Unmatched(
                        location, "no container has matched " + pattern + " of the limit");
    }
}
