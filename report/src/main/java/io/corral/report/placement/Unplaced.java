package io.corral.report.placement;

/** Why a sample belongs to no container that is known. The page has a sentence for each. */
public enum Unplaced {
    /** It is older than the first event of Corral. */
    TOO_EARLY,

    /** No recorded stay covers it: its stay was too short, or began before the recording. */
    SHORT_STAY,

    /** It is of a virtual thread, and the recording has no stays. */
    NO_STAYS,

    /** No event says where its thread was at home. */
    NO_HOME
}
