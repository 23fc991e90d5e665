package io.corral;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The limits of a container: {@link Container#limits()}. A limit holds for the container and all
 * that is below it. The setters override what the rules file says for this container, until
 * {@link #reset()}. Any thread may call.
 *
 * <p>The setters throw {@link UnsupportedOperationException} on a root, on a place that Corral has
 * chosen, such as {@code /pools/...}, and below {@code /jvm}: these have no limits. They throw
 * {@link IllegalStateException} if the container was removed. Without the agent only
 * {@code requestsMax} has an effect, on requests that {@link Container#admit()} lets in.
 */
public interface Limits {

    /** The value of a limit that is not set. As an argument, lifts the limit. */
    long UNLIMITED = Long.MAX_VALUE;

    /** The weight of a container without a weight of its own. */
    int DEFAULT_WEIGHT = 100;

    /** What a limit does to a request or a start that exceeds it. */
    enum Mode {
        /** Delays or refuses it. */
        ENFORCE,
        /** Counts what {@link #ENFORCE} would have done, and does nothing. */
        MONITOR
    }

    /** The number of requests at once, running or waiting; or {@link #UNLIMITED}. */
    long requestsMax();

    /** How long a request may wait for another one's end before it is refused. */
    Duration requestsWait();

    /**
     * As {@link #requestsMax(long, Duration)}; a request that exceeds the limit is refused at once.
     */
    default void requestsMax(long max) {
        requestsMax(max, Duration.ZERO);
    }

    /**
     * @param max 0 or more, or {@link #UNLIMITED}
     * @param wait how long a request may wait, if its thread may; see {@code docs/limits.md}
     * @throws IllegalArgumentException if either is negative
     */
    void requestsMax(long max, Duration wait);

    /** Whether the container shares the CPU with the other fair containers by weight. */
    boolean isFair();

    /**
     * @throws IllegalStateException if a container above or below is fair: nested ones are not
     *     supported
     */
    void fair(boolean fair);

    /** The weight among fair containers: {@link #DEFAULT_WEIGHT} if it is not set. */
    int weight();

    /**
     * @param weight from 1 to 10,000
     * @throws IllegalArgumentException if it is not in this range
     */
    void weight(int weight);

    /** The number of CPUs, such as 0.2 for 20% of one; positive infinity if there is no limit. */
    double cpuMax();

    /** As {@link #cpuMax(double, Duration)}; a request beyond the quota is refused at once. */
    default void cpuMax(double cpus) {
        cpuMax(cpus, Duration.ZERO);
    }

    /**
     * Limits the CPU time per second. Requests are delayed or refused while the container has used
     * more. What runs already is not slowed down; it counts, and is paid back later.
     *
     * @param cpus from 0.001, such as 0.2 for 20% of one CPU; positive infinity lifts the limit
     * @param wait how long a request may wait, if its thread may
     * @throws IllegalArgumentException if {@code cpus} is not in this range, or {@code wait} is
     *     negative
     */
    void cpuMax(double cpus, Duration wait);

    /** The number of live threads of either kind; or {@link #UNLIMITED}. */
    long threadsMax();

    /**
     * @param max 0 or more, or {@link #UNLIMITED}. Threads that exceed it go on; the next start is
     *     refused with a {@link ForkRefusedException}
     * @throws IllegalArgumentException if it is negative
     */
    void threadsMax(long max);

    /** What the limits that code has set do; {@link Mode#ENFORCE} if none was set. */
    Mode mode();

    /** Sets {@link #mode()}, for all limits that code has set or sets later here. */
    void mode(Mode mode);

    /** Forgets what the setters have set: the rules file decides again. */
    void reset();

    /** What the limits have done up to now, here and below. All values are 0 without limits. */
    LimitStat stat();

    /**
     * Requests a notice when a limit of this container is exceeded: at most one a second, on the
     * agent's background thread.
     */
    void onExceeded(Consumer<LimitExceeded> listener);

    /**
     * Withdraws one listener of {@link #onExceeded}.
     *
     * @return false if there is no such listener
     */
    boolean withdrawExceeded(Consumer<LimitExceeded> listener);
}
