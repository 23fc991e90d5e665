package io.corral.runtime.control;

import io.corral.Limits;

import org.jspecify.annotations.Nullable;

/**
 * The limits of one container as they are set; a control that is not set is null. Each control
 * comes from one line of the rules file, from code, or from the command line: its {@code origin}. A
 * control that is set may also be <em>lifted</em>: then nothing else sets it, and it limits
 * nothing.
 */
public record LimitSettings(
        @Nullable RequestsMax requestsMax,
        @Nullable Fair fair,
        @Nullable Weight weight,
        @Nullable CpuMax cpuMax,
        @Nullable ThreadsMax threadsMax) {

    public static final LimitSettings NONE = new LimitSettings(null, null, null, null, null);

    /**
     * @param max {@link Limits#UNLIMITED} if it is lifted
     * @param waitNanos how long a request may wait until another one ends
     */
    public record RequestsMax(long max, long waitNanos, Limits.Mode mode, String origin) {

        public boolean isLifted() {
            return max == Limits.UNLIMITED;
        }
    }

    /**
     * @param isOn false if it is lifted
     * @param waitNanos how long a request may wait for its turn
     */
    public record Fair(boolean isOn, long waitNanos, Limits.Mode mode, String origin) {

        /** The longest wait if none is set. A client has usually given up by then. */
        public static final long DEFAULT_WAIT_NANOS = 10_000_000_000L;

        public Fair(long waitNanos, Limits.Mode mode, String origin) {
            this(true, waitNanos, mode, origin);
        }

        public boolean isMonitored() {
            return mode == Limits.Mode.MONITOR;
        }

        public static Fair lifted(String origin) {
            return new Fair(false, 0, Limits.Mode.ENFORCE, origin);
        }

        public boolean isLifted() {
            return !isOn;
        }
    }

    public record Weight(int weight, String origin) {}

    /**
     * @param quotaNanos CPU time a period; {@link Limits#UNLIMITED} if it is lifted
     * @param periodNanos the period, whose quota is also the largest burst
     * @param waitNanos how long a request may wait for quota
     */
    public record CpuMax(
            long quotaNanos, long periodNanos, long waitNanos, Limits.Mode mode, String origin) {

        public static final long DEFAULT_PERIOD_NANOS = 1_000_000_000L;

        public boolean isMonitored() {
            return mode == Limits.Mode.MONITOR;
        }

        public static CpuMax lifted(String origin) {
            return new CpuMax(
                    Limits.UNLIMITED, DEFAULT_PERIOD_NANOS, 0, Limits.Mode.ENFORCE, origin);
        }

        public boolean isLifted() {
            return quotaNanos == Limits.UNLIMITED;
        }

        /** The number of CPUs that the quota stands for. */
        public double cpus() {
            return (double) quotaNanos / periodNanos;
        }
    }

    /** @param max {@link Limits#UNLIMITED} if it is lifted */
    public record ThreadsMax(long max, Limits.Mode mode, String origin) {

        public boolean isLifted() {
            return max == Limits.UNLIMITED;
        }
    }

    public boolean isEmpty() {
        return requestsMax == null
                && fair == null
                && weight == null
                && cpuMax == null
                && threadsMax == null;
    }

    /** Whether anything is limited: a weight alone limits nothing. */
    boolean limit() {
        return haveDoor() || threadsMax != null;
    }

    /** Whether threads take turns by their container's share. */
    public boolean enforceFair() {
        return fair != null && fair.isOn() && fair.mode() == Limits.Mode.ENFORCE;
    }

    /** Whether a request has to pass the door of a container with these settings. */
    boolean haveDoor() {
        return requestsMax != null || fair != null || cpuMax != null;
    }

    /** These settings without the controls that are lifted. */
    LimitSettings inForce() {
        boolean haveLifted = (requestsMax != null && requestsMax.isLifted())
                || (fair != null && fair.isLifted())
                || (cpuMax != null && cpuMax.isLifted())
                || (threadsMax != null && threadsMax.isLifted());
        return haveLifted
                ? new LimitSettings(
                        requestsMax == null || requestsMax.isLifted() ? null : requestsMax,
                        fair == null || fair.isLifted() ? null : fair,
                        weight,
                        cpuMax == null || cpuMax.isLifted() ? null : cpuMax,
                        threadsMax == null || threadsMax.isLifted() ? null : threadsMax)
                : this;
    }

    /** These settings; where a control is not set, that of {@code defaults}. */
    public LimitSettings orElse(LimitSettings defaults) {
        return new LimitSettings(
                requestsMax == null ? defaults.requestsMax : requestsMax,
                fair == null ? defaults.fair : fair,
                weight == null ? defaults.weight : weight,
                cpuMax == null ? defaults.cpuMax : cpuMax,
                threadsMax == null ? defaults.threadsMax : threadsMax);
    }

    /** As these, with another value of one control; null for none. */
    public LimitSettings with(@Nullable RequestsMax other) {
        return new LimitSettings(other, fair, weight, cpuMax, threadsMax);
    }

    public LimitSettings with(@Nullable Fair other) {
        return new LimitSettings(requestsMax, other, weight, cpuMax, threadsMax);
    }

    public LimitSettings with(@Nullable Weight other) {
        return new LimitSettings(requestsMax, fair, other, cpuMax, threadsMax);
    }

    public LimitSettings with(@Nullable CpuMax other) {
        return new LimitSettings(requestsMax, fair, weight, other, threadsMax);
    }

    public LimitSettings with(@Nullable ThreadsMax other) {
        return new LimitSettings(requestsMax, fair, weight, cpuMax, other);
    }

    /** As these, with another mode of all controls. */
    public LimitSettings with(Limits.Mode mode) {
        return new LimitSettings(
                requestsMax == null
                        ? null
                        : new RequestsMax(
                                requestsMax.max, requestsMax.waitNanos, mode, requestsMax.origin),
                fair == null ? null : new Fair(fair.isOn, fair.waitNanos, mode, fair.origin),
                weight,
                cpuMax == null
                        ? null
                        : new CpuMax(
                                cpuMax.quotaNanos,
                                cpuMax.periodNanos,
                                cpuMax.waitNanos,
                                mode,
                                cpuMax.origin),
                threadsMax == null
                        ? null
                        : new ThreadsMax(threadsMax.max, mode, threadsMax.origin));
    }
}
