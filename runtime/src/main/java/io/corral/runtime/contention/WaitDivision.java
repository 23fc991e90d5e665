package io.corral.runtime.contention;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides the time that a container's ready threads waited in a period by the CPU time of that
 * period: each container gets the part that it used. The container that waits has a part too, and
 * so has the time of the CPUs that nobody in this JVM used. So what others get is at most what they
 * really took.
 *
 * <p>The others are named at the level of the container that waits, so a tenant is compared with
 * tenants and with pools, and a tenant's job with the jobs of others. Containers directly below the
 * root often only group others, as {@code /pools} does. So the first level is that below them.
 * Neither a container above the one that waits nor one below it is named.
 */
final class WaitDivision {

    private static final int FIRST_LEVEL = 2;

    /** Takes the result. */
    interface Receiver {

        /** Called once for each container that has waited, before its others. */
        void waited(ContainerPeriod container);

        /** Called for the others with the largest parts, the largest first. */
        void ran(ContainerPeriod waiting, ContainerPeriod other, double nanos);
    }

    /** The CPU time at one level: of a container with those below it, or of a higher one alone. */
    private record Use(ContainerPeriod container, double nanos) {}

    private final Collection<ContainerPeriod> all;
    private final double wholeNanos;
    private final Map<Integer, List<Use>> levels = new HashMap<>();

    private WaitDivision(Collection<ContainerPeriod> all, double availableNanos) {
        this.all = all;
        double used = 0;
        for (ContainerPeriod each : all) {
            used += each.ownNanos();
        }
        this.wholeNanos = Math.max(used, availableNanos);
    }

    /**
     * @param all the containers of one hierarchy that have used or waited in the period, and those
     *     above them
     * @param availableNanos the CPU time that the CPUs could give in the period
     */
    static void divide(Collection<ContainerPeriod> all, double availableNanos, Receiver receiver) {
        WaitDivision division = new WaitDivision(all, availableNanos);
        for (ContainerPeriod each : all) {
            if (each.waitedNanos > 0 && each.parent != null) {
                receiver.waited(each);
                division.divide(each, receiver);
            }
        }
    }

    private void divide(ContainerPeriod waiting, Receiver receiver) {
        int named = 0;
        for (Use use : level(Math.max(FIRST_LEVEL, waiting.depth))) {
            ContainerPeriod other = use.container;
            if (other.parent != null && !other.isWithin(waiting) && !waiting.isWithin(other)) {
                receiver.ran(waiting, other, waiting.waitedNanos * use.nanos / wholeNanos);
                named++;
            }
            if (named == LargestParts.KEPT) {
                return;
            }
        }
    }

    private List<Use> level(int depth) {
        List<Use> known = levels.get(depth);
        if (known == null) {
            known = new ArrayList<>();
            for (ContainerPeriod each : all) {
                double nanos = each.depth == depth
                        ? each.usedNanos
                        : each.depth < depth ? each.ownNanos() : 0;
                if (nanos > 0) {
                    known.add(new Use(each, nanos));
                }
            }
            known.sort(Comparator.comparingDouble(Use::nanos).reversed());
            levels.put(depth, known);
        }
        return known;
    }
}
