package io.corral.report.placement;

/**
 * The reason why the container of a sample is not known. The page's script has a sentence for each.
 */
public enum UnplacedReason {
    /** The sample is older than the first event of Corral. */
    TOO_EARLY,

    /**
     * No recorded stay covers the sample: the stay was too short, or it began before the recording.
     */
    SHORT_STAY,

    /** The sample is of a virtual thread, and the recording has no stays. */
    NO_STAYS,

    /** No event has the home of the sample's thread. */
    NO_HOME
}
