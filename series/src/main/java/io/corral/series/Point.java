package io.corral.series;

/**
 * One value of each metric.
 *
 * @param hierarchy the name of the hierarchy
 * @param container the path of the container, or {@link #OTHER}
 */
public record Point(String hierarchy, String container, Amounts amounts) {

    /** What has no series of its own. It is no path, since paths begin with a slash. */
    public static final String OTHER = "other";
}
