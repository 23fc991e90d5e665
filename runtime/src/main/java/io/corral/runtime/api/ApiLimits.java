package io.corral.runtime.api;

import io.corral.LimitExceeded;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.control.ContainerControl;
import io.corral.runtime.control.Control;
import io.corral.runtime.control.LimitSettings;
import io.corral.runtime.control.LimitSettings.CpuMax;
import io.corral.runtime.control.LimitSettings.Fair;
import io.corral.runtime.control.LimitSettings.RequestsMax;
import io.corral.runtime.control.LimitSettings.ThreadsMax;
import io.corral.runtime.control.LimitSettings.Weight;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** The API's object for the limits of one container. */
final class ApiLimits implements Limits {

    private static final String CODE = "code";
    private static final int MAX_WEIGHT = 10_000;
    private static final double LEAST_CPUS = 0.001;

    private final ContainerNode node;

    ApiLimits(ContainerNode node) {
        this.node = node;
    }

    @Override
    public long requestsMax() {
        RequestsMax known = Control.settings(node).requestsMax();
        return known == null ? UNLIMITED : known.max();
    }

    @Override
    public Duration requestsWait() {
        RequestsMax known = Control.settings(node).requestsMax();
        return Duration.ofNanos(known == null ? 0 : known.waitNanos());
    }

    @Override
    public void requestsMax(long max, Duration wait) {
        RequestsMax next =
                new RequestsMax(notNegative(max, "requestsMax"), nanos(wait), mode(), CODE);
        Control.override(node, was -> was.with(next));
    }

    @Override
    public boolean isFair() {
        return Control.settings(node).fair() != null;
    }

    @Override
    public void fair(boolean fair) {
        Fair next = fair ? new Fair(Fair.DEFAULT_WAIT_NANOS, mode(), CODE) : Fair.lifted(CODE);
        Control.override(node, was -> was.with(next));
    }

    @Override
    public int weight() {
        Weight known = Control.settings(node).weight();
        return known == null ? DEFAULT_WEIGHT : known.weight();
    }

    @Override
    public void weight(int weight) {
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "weight is " + weight + "; expected 1 to " + MAX_WEIGHT);
        }
        Control.override(node, was -> was.with(new Weight(weight, CODE)));
    }

    @Override
    public double cpuMax() {
        CpuMax known = Control.settings(node).cpuMax();
        return known == null ? Double.POSITIVE_INFINITY : known.cpus();
    }

    @Override
    public void cpuMax(double cpus, Duration wait) {
        if (!(cpus >= LEAST_CPUS)) {
            throw new IllegalArgumentException(
                    "cpuMax is " + cpus + " CPUs; expected " + LEAST_CPUS + " or more");
        }
        CpuMax next = cpus == Double.POSITIVE_INFINITY
                ? CpuMax.lifted(CODE)
                : new CpuMax(
                        (long) (cpus * CpuMax.DEFAULT_PERIOD_NANOS),
                        CpuMax.DEFAULT_PERIOD_NANOS,
                        nanos(wait),
                        mode(),
                        CODE);
        Control.override(node, was -> was.with(next));
    }

    @Override
    public long threadsMax() {
        ThreadsMax known = Control.settings(node).threadsMax();
        return known == null ? UNLIMITED : known.max();
    }

    @Override
    public void threadsMax(long max) {
        ThreadsMax next = new ThreadsMax(notNegative(max, "threadsMax"), mode(), CODE);
        Control.override(node, was -> was.with(next));
    }

    private static long notNegative(long max, String what) {
        if (max < 0) {
            throw new IllegalArgumentException(what + " is negative: " + max);
        }
        return max;
    }

    private static long nanos(Duration wait) {
        if (Objects.requireNonNull(wait, "wait").isNegative()) {
            throw new IllegalArgumentException("wait is negative: " + wait);
        }
        return Durations.nanos(wait);
    }

    @Override
    public Mode mode() {
        ContainerControl known = Control.of(node);
        return known == null ? Mode.ENFORCE : known.modeOfCode();
    }

    @Override
    public void mode(Mode mode) {
        Objects.requireNonNull(mode, "mode");
        Control.override(node, was -> was.with(mode));
        Control.ofOrNew(node).modeOfCode(mode);
    }

    @Override
    public void reset() {
        ContainerControl known = Control.of(node);
        if (known != null) {
            Control.override(node, was -> LimitSettings.NONE);
            known.modeOfCode(Mode.ENFORCE);
        }
    }

    @Override
    public LimitStat stat() {
        ContainerControl known = Control.of(node);
        return known == null ? LimitStat.NONE : known.stat();
    }

    @Override
    public void onExceeded(Consumer<LimitExceeded> listener) {
        Control.ofOrNew(node).addListener(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public boolean withdrawExceeded(Consumer<LimitExceeded> listener) {
        ContainerControl known = Control.of(node);
        return known != null && known.removeListener(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public String toString() {
        return "limits of " + node + ": " + Control.settings(node);
    }
}
