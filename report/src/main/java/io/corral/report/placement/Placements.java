package io.corral.report.placement;

import io.corral.report.samples.Samples.SampledThread;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the container of a sample: that of the stay that covers it, else the home of its thread.
 *
 * <p>If stays are recorded, each stay that is long enough is. So a thread that has recorded stays,
 * but none at that time, was in a stay that is too short, and its container is not known. Stays in
 * the root of a hierarchy other than {@code main} are not recorded.
 */
public final class Placements {

    private static final String MAIN = "main";
    private static final String ROOT = "/";

    private final Map<String, Homes> homes = new HashMap<>();
    private final Map<String, Stays> stays = new HashMap<>();
    private long firstNanos = Long.MAX_VALUE;
    private boolean hasStays;

    /** Corral was there at this time. */
    public void seen(long nanos) {
        firstNanos = Math.min(firstNanos, nanos);
    }

    /** A thread was at home in a container at this time. */
    public void home(String hierarchy, long thread, long nanos, String container) {
        homes(hierarchy).at(thread, nanos, container);
    }

    /** The home of a thread changed. */
    public void moved(String hierarchy, long thread, long nanos, String from, String to) {
        homes(hierarchy).before(thread, from);
        homes(hierarchy).at(thread, nanos, to);
    }

    public void stay(String hierarchy, long thread, long begin, long end, String container) {
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
        // It is in its home there, which is the root unless an event says otherwise.
        String home = homes(hierarchy).find(thread.id(), nanos);
        return Place.in(home == null || stays(hierarchy).has(thread.id()) ? ROOT : home);
    }

    private Place findInMain(SampledThread thread, long nanos) {
        if (nanos < firstNanos) {
            return Place.unknown(Unplaced.TOO_EARLY);
        }
        String stay = findStay(MAIN, thread.id(), nanos);
        if (stay != null) {
            return Place.in(stay);
        }
        if (hasStays && (thread.isVirtual() || stays(MAIN).has(thread.id()))) {
            return Place.unknown(Unplaced.SHORT_STAY);
        }
        String home = homes(MAIN).find(thread.id(), nanos);
        if (home != null) {
            return Place.in(home);
        }
        return Place.unknown(thread.isVirtual() ? Unplaced.NO_STAYS : Unplaced.NO_HOME);
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
