package io.corral.report.placement;

import io.corral.report.samples.Samples.SampledThread;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the container of a sample: the container of the stay that covers it, else the home of its
 * thread.
 *
 * <p>If stays are recorded, all stays above the threshold are recorded. So a sample of a thread
 * that has stays, but none at that time, is in a stay below the threshold, and its container is not
 * known. Stays in the root of a hierarchy other than {@code main} are not recorded.
 */
public final class Placements {

    private static final String MAIN = "main";
    private static final String ROOT = "/";

    private final Map<String, Homes> homes = new HashMap<>();
    private final Map<String, Stays> stays = new HashMap<>();
    private long firstNanos = Long.MAX_VALUE;
    private boolean hasStays;

    /** Marks a time at which Corral was active. */
    public void activeAt(long nanos) {
        firstNanos = Math.min(firstNanos, nanos);
    }

    /** Adds the home of a thread at this time. */
    public void addHome(String hierarchy, long thread, long nanos, String container) {
        homes(hierarchy).put(thread, nanos, container);
    }

    /** Adds a change of a thread's home. */
    public void addMove(String hierarchy, long thread, long nanos, String from, String to) {
        homes(hierarchy).putInitial(thread, from);
        homes(hierarchy).put(thread, nanos, to);
    }

    public void addStay(String hierarchy, long thread, long begin, long end, String container) {
        hasStays = true;
        stays.computeIfAbsent(hierarchy, name -> new Stays()).add(thread, begin, end, container);
    }

    /** Whether any stay was recorded. */
    public boolean hasStays() {
        return hasStays;
    }

    /** The place of a sample at this time. */
    public Place find(String hierarchy, SampledThread thread, long nanos) {
        Place place = findInMain(thread, nanos);
        if (hierarchy.equals(MAIN)) {
            return place;
        }
        String stay = findStay(hierarchy, thread.id(), nanos);
        if (stay != null) {
            return Place.in(stay);
        }
        if (place.container() == null) {
            return place;
        }
        // The thread is in its home of that hierarchy, which is the root unless an event names
        // another one.
        String home = homes(hierarchy).find(thread.id(), nanos);
        return Place.in(home == null || stays(hierarchy).has(thread.id()) ? ROOT : home);
    }

    private Place findInMain(SampledThread thread, long nanos) {
        if (nanos < firstNanos) {
            return Place.unknown(UnplacedReason.TOO_EARLY);
        }
        String stay = findStay(MAIN, thread.id(), nanos);
        if (stay != null) {
            return Place.in(stay);
        }
        if (hasStays && (thread.isVirtual() || stays(MAIN).has(thread.id()))) {
            return Place.unknown(UnplacedReason.SHORT_STAY);
        }
        String home = homes(MAIN).find(thread.id(), nanos);
        if (home != null) {
            return Place.in(home);
        }
        return Place.unknown(thread.isVirtual() ? UnplacedReason.NO_STAYS : UnplacedReason.NO_HOME);
    }

    private @Nullable String findStay(String hierarchy, long thread, long nanos) {
        return stays(hierarchy).find(thread, nanos);
    }

    private Stays stays(String hierarchy) {
        return stays.computeIfAbsent(hierarchy, name -> new Stays());
    }

    private Homes homes(String hierarchy) {
        return homes.computeIfAbsent(hierarchy, name -> new Homes());
    }
}
