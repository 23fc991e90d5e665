package io.corral.report.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A container that uses more than it may.
 *
 * @param own the methods that grew most by themselves; empty if there are no samples
 * @param total the methods that grew most with what they call
 */
public record Regression(
        ContainerChange container,
        Resource resource,
        List<MethodChange> own,
        List<MethodChange> total) {

    /**
     * How much containers may grow.
     *
     * @param part the part of what a container used in the first recording
     * @param floor growth by a smaller part of what the process used there is noise
     */
    public record Tolerance(double part, double floor) {

        /** What classes allocate that one run loads in another container than the other. */
        private static final double NOISE_BYTES = 1 << 20;

        /** The growth that is noise. */
        public double floor(Comparison comparison, Resource resource, Basis basis) {
            double ofWhole = floor * comparison.whole(resource, basis).before();
            return resource == Resource.ALLOCATION
                    ? Math.max(
                            ofWhole,
                            comparison.change(NOISE_BYTES, NOISE_BYTES, basis).before())
                    : ofWhole;
        }
    }

    /**
     * All containers that grew by more than the tolerance. A container is before those that contain
     * it, and else the one that grew most is first. A new container has grown from nothing. The
     * JVM's own threads are left out, also in the root: what they use varies from run to run.
     */
    public static List<Regression> find(Comparison comparison, Basis basis, Tolerance tolerance) {
        List<Regression> found = new ArrayList<>();
        for (String hierarchy : comparison.hierarchies()) {
            for (ContainerChange each : comparison.changes(hierarchy, basis)) {
                ContainerChange container =
                        each.path().equals("/") ? withoutJvm(each, comparison, basis) : each;
                for (Resource resource : Resource.values()) {
                    double floor = tolerance.floor(comparison, resource, basis);
                    if (isCompared(container)
                            && exceeds(container.of(resource), tolerance.part(), floor)) {
                        found.add(of(comparison, container, resource, basis));
                    }
                }
            }
        }
        found.sort(Comparator.comparing((Regression each) -> each.resource)
                .thenComparing(each -> depth(each.container.path()), Comparator.reverseOrder()));
        return found;
    }

    private static ContainerChange withoutJvm(
            ContainerChange root, Comparison comparison, Basis basis) {
        ContainerChange jvm = comparison.change("main", "/jvm", basis);
        return new ContainerChange(
                root.hierarchy(),
                root.path(),
                root.presence(),
                root.cpu().minus(jvm.cpu()),
                root.allocated().minus(jvm.allocated()),
                root.started().minus(jvm.started()));
    }

    private static boolean isCompared(ContainerChange container) {
        String path = container.path();
        boolean isMain = container.hierarchy().equals("main");
        boolean isJvm = path.equals("/jvm") || path.startsWith("/jvm/");
        // All roots have the same usage.
        return isMain ? !isJvm : !path.equals("/");
    }

    private static boolean exceeds(Change change, double part, double floor) {
        return change.difference() > 0 && change.difference() >= floor && change.ratio() > part;
    }

    private static Regression of(
            Comparison comparison, ContainerChange container, Resource resource, Basis basis) {
        if (!comparison.hasSamples(resource)) {
            return new Regression(container, resource, List.of(), List.of());
        }
        MethodChanges methods = new MethodChanges(comparison, container, resource, basis);
        return new Regression(container, resource, methods.own(), methods.total());
    }

    private static long depth(String path) {
        return path.equals("/") ? 0 : path.chars().filter(each -> each == '/').count();
    }
}
