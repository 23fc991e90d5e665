package io.corral.runtime.container;

/**
 * The largest depth of containers, and their largest number: options of the agent. Code that
 * exceeds a bound gets an exception. Rules then use the container {@code other}. This container and
 * the places that Corral chooses may exceed the bounds by a few.
 */
public final class Bounds {

    /** The bounds unless the options say otherwise. */
    public static final int DEPTH = 64;

    public static final int CONTAINERS = 1_000_000;

    private static volatile int depth = DEPTH;
    private static volatile int containers = CONTAINERS;

    /** The number of containers below roots. Written under {@link Trees#LOCK}. */
    private static volatile int count;

    private Bounds() {}

    /** Set by the agent, and by tests. */
    public static void set(int depth, int containers) {
        Bounds.depth = depth;
        Bounds.containers = containers;
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
