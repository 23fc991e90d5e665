package io.corral.metricseries;

/**
 * The values of all metrics for one container at one moment.
 *
 * @param hierarchy the name of the hierarchy
 * @param container the path of the container, or {@link #OTHER}
 */
public record Point(String hierarchy, String container, Amounts amounts) {

    /**
     * Stands for all containers without a series of their own. It cannot be a path, since paths
     * begin with a slash.
     */
    public static final String OTHER = "other";
}
