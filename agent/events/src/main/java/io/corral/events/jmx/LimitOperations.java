package io.corral.events.jmx;

import io.corral.LimitStat;
import io.corral.rules.limits.LimitOverride;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.control.ContainerControl;
import io.corral.runtime.control.Control;
import io.corral.runtime.control.LimitSettings;
import io.corral.runtime.control.LimitText;
import io.corral.runtime.notice.Log;

import java.util.ArrayList;
import java.util.List;

/** What the MBean shows and changes of limits. Loaded with the first limit. */
final class LimitOperations {

    private static final String ON = "on";
    private static final String OFF = "off";
    private static final String DEGRADED = "degraded";

    private LimitOperations() {}

    /** All containers with limits, parents before their children. */
    static LimitedContainer[] limits() {
        List<LimitedContainer> rows = new ArrayList<>();
        for (HierarchyTree hierarchy : Trees.hierarchies()) {
            add(hierarchy.root(), rows);
        }
        return rows.toArray(new LimitedContainer[0]);
    }

    private static void add(ContainerNode node, List<LimitedContainer> rows) {
        // What a command has lifted is shown as well.
        LimitSettings settings = Control.overrides(node).orElse(Control.settings(node));
        if (!settings.isEmpty()) {
            ContainerControl control = Control.of(node);
            rows.add(new LimitedContainer(
                    node.hierarchy().name(),
                    node.path(),
                    LimitText.of(settings),
                    control == null ? LimitStat.NONE : control.stat()));
        }
        for (String name : node.childNames()) {
            ContainerNode child = node.child(name);
            if (child != null) {
                add(child, rows);
            }
        }
    }

    static String state() {
        if (Control.isOff()) {
            return OFF;
        }
        return Control.isDegraded() ? DEGRADED : ON;
    }

    static void set(String limit) {
        LimitOverride.parse(limit).apply();
        Log.info("a command has set limits: " + limit);
    }

    static void reset(String container) {
        LimitOverride.reset(container).apply();
        Log.info("a command has reset the limits of " + container);
    }

    static void off(boolean isOff) {
        Control.off(isOff);
        Log.info(isOff ? "a command has opened all limits" : "limits are in force again");
    }
}
