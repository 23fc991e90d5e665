package io.corral.runtime.jdk;

/**
 * The JDKs that Corral is tested on. On a newer one it is active if it finds all that it weaves and
 * uses there; its limits then only count what they would do to virtual threads.
 */
public final class TestedJdks {

    public static final int NEWEST = 25;

    /** The end of a line that says what this JDK lacks. */
    public static final String SUPPORTED = "; 17 to 25 are supported, of 21 from 21.0.3 on";

    private TestedJdks() {}

    /** The feature number of this JDK; system properties don't change it. */
    public static int running() {
        return Runtime.version().feature();
    }

    public static boolean isNewerRunning() {
        return running() > NEWEST;
    }
}
