package io.corral.runtime.container;

/**
 * The largest depth of containers, their largest number, and the number of places that placeholders
 * of rules have: options of the agent. Code that exceeds a bound gets an exception. Rules then use
 * the container {@code other}. This container and the places that Corral chooses may exceed the
 * bounds by a few.
 */
public final class Bounds {

    /** The bounds unless the options say otherwise. */
    public static final int DEPTH = 64;

    public static final int CONTAINERS = 1_000_000;

    public static final int PLACES = 1_000;

    /** The time after which an idle container gives way, unless the options say otherwise. */
    public static final long IDLE_NANOS = 60_000_000_000L;

    /** In place of a time: idle containers do not expire. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The number of containers that a rule may have, for each that one placeholder may. */
    private static final int PLACEHOLDERS = 10;

    private static volatile int depth = DEPTH;
    private static volatile int places = PLACES;
    private static volatile long idleNanos = IDLE_NANOS;
    private static volatile long expireNanos = NEVER;
    private static volatile int containers = CONTAINERS;

    /** The number of containers below roots. Written under {@link Trees#LOCK}. */
    private static volatile int count;

    private Bounds() {}

    /** Set by the agent, and by tests. */
    public static void set(int depth, int containers) {
        Bounds.depth = depth;
        Bounds.containers = containers;
    }

    /**
     * Sets the largest number of containers that placeholders of rules make side by side. Called by
     * the agent, and by tests.
     */
    public static void places(int places) {
        Bounds.places = places;
    }

    public static int places() {
        return places;
    }

    /**
     * Sets when containers that placeholders made give way. Called by the agent, and by tests.
     *
     * @param idleNanos the time after which an idle one gives way to a new one
     * @param expireNanos the time after which it is removed even if there is room, or
     *     {@link #NEVER}
     */
    public static void idle(long idleNanos, long expireNanos) {
        Bounds.idleNanos = idleNanos;
        Bounds.expireNanos = expireNanos;
    }

    public static long idleNanos() {
        return idleNanos;
    }

    public static long expireNanos() {
        return expireNanos;
    }

    public static boolean expire() {
        return expireNanos != NEVER;
    }

    /** The largest number of containers that the placeholders of one rule make. */
    public static int placesOfRule() {
        return (int) Math.min((long) places * PLACEHOLDERS, Integer.MAX_VALUE);
    }

    public static int depth() {
        return depth;
    }

    public static int containers() {
        return containers;
    }

    /** Used by tests. */
    public static int count() {
        return count;
    }

    /** Whether the largest number of containers is reached. */
    public static boolean isCountReached() {
        return count >= containers;
    }

    /** Under {@link Trees#LOCK}. */
    static void add(int change) {
        int now = count + change;
        count = now;
    }

    /**
     * @param parent the container at {@code parentDepth}, for the message
     * @param path the names of the containers to be created below it
     * @throws IllegalArgumentException if the last of them would be too deep
     */
    static void checkDepth(Object parent, int parentDepth, String... path) {
        long levels = (long) parentDepth + path.length;
        if (levels > depth) {
            throw new IllegalArgumentException("can't create " + ContainerNames.quoted(path[0])
                    + (path.length == 1 ? "" : " and " + (path.length - 1) + " levels below it")
                    + " in container " + parent + ": containers are at most " + depth
                    + " levels deep (option depth), and this would be " + levels);
        }
    }

    /**
     * @param parent the container above, for the message
     * @throws IllegalStateException if there is no room for another container
     */
    static void checkCount(Object parent, String name) {
        if (isCountReached()) {
            throw new IllegalStateException("can't create " + ContainerNames.quoted(name)
                    + " in container " + parent + ": there are " + count
                    + " containers, and the bound is " + containers + " (option containers)");
        }
    }
}
