package io.corral.metricseries;

import io.corral.Container;
import io.corral.Hierarchy;
import io.corral.Snapshot;
import io.corral.Usage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The own usage of each container: without that of the containers below it, removed ones included.
 * So a sum over all containers counts everything once.
 */
final class OwnUsages {

    /** The containers that show the JVM's own threads. No total above them includes these. */
    private static final Set<String> OF_JVM = Set.of("/jvm/gc", "/jvm/jit", "/jvm/other");

    private static final String MAIN = "main";

    private OwnUsages() {}

    /** The own usage by container, without the containers that show the JVM's own threads. */
    static Map<Container, Amounts> of(Snapshot snapshot, Hierarchy hierarchy) {
        Map<Container, Amounts> own = new LinkedHashMap<>();
        snapshot.usages(hierarchy).forEach((container, usage) -> {
            if (!belongsToJvm(container)) {
                Amounts withChildren = Amounts.of(usage);
                own.put(container, withChildren);
                Container parent = container.parent();
                if (parent != null) {
                    own.computeIfPresent(parent, (above, sum) -> sum.minus(withChildren));
                }
            }
        });
        snapshot.removedUsages(hierarchy)
                .forEach((parent, usage) -> own.computeIfPresent(
                        parent, (container, sum) -> sum.minus(Amounts.of(usage))));
        return own;
    }

    /** The sum of what removed containers had used. */
    static Amounts removed(Snapshot snapshot, Hierarchy hierarchy) {
        Amounts sum = Amounts.NONE;
        for (Usage usage : snapshot.removedUsages(hierarchy).values()) {
            sum = sum.plus(Amounts.of(usage));
        }
        return sum;
    }

    static boolean belongsToJvm(Container container) {
        return OF_JVM.contains(container.path()) && container.hierarchy().name().equals(MAIN);
    }
}
