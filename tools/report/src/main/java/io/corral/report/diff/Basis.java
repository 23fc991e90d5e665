package io.corral.report.diff;

import java.util.Locale;

/** Which amounts of two recordings are compared. */
public enum Basis {
    /** What was used in each second of a recording, on average. */
    RATE,

    /** What was used in the whole of a recording. */
    TOTAL;

    /** As in the option of the command and in the data of the page. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
