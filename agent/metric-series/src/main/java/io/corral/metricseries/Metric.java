package io.corral.metricseries;

import io.corral.LimitStat;
import io.corral.Usage;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The exported metrics. {@code docs/metrics.md} has the same table; a test compares them. */
@SuppressWarnings("ImmutableEnumChecker")
public enum Metric {
    CPU_TIME(
            "corral.cpu.time",
            Unit.SECONDS,
            Kind.COUNTER,
            "CPU time of a container's own threads and tasks",
            reading -> reading.isCpuKnown() ? reading.containers() : List.of(),
            Amounts::cpuNanos),
    CPU_TIME_REMOVED(
            "corral.cpu.time.removed",
            Unit.SECONDS,
            Kind.COUNTER,
            "CPU time that was exported for containers before they were removed",
            reading -> reading.isCpuKnown() ? reading.removed() : List.of(),
            Amounts::cpuNanos),
    CPU_QUEUED_TIME(
            "corral.cpu.queued.time",
            Unit.SECONDS,
            Kind.COUNTER,
            "Time that ready virtual threads and tasks of a container waited, also in waits that"
                    + " have not ended; with queued=on",
            reading -> reading.isQueuedKnown() ? reading.containers() : List.of(),
            Amounts::queuedNanos),
    CPU_QUEUED_TIME_REMOVED(
            "corral.cpu.queued.time.removed",
            Unit.SECONDS,
            Kind.COUNTER,
            "Queued time that was exported for containers before they were removed",
            reading -> reading.isQueuedKnown() ? reading.removed() : List.of(),
            Amounts::queuedNanos),
    CPU_QUEUED_WAITS(
            "corral.cpu.queued.waits",
            Unit.WAITS,
            Kind.COUNTER,
            "Waits of ready virtual threads and tasks of a container that have ended",
            reading -> reading.isQueuedKnown() ? reading.containers() : List.of(),
            Amounts::waits),
    CPU_QUEUED_WAITS_REMOVED(
            "corral.cpu.queued.waits.removed",
            Unit.WAITS,
            Kind.COUNTER,
            "Waits that were exported for containers before they were removed",
            reading -> reading.isQueuedKnown() ? reading.removed() : List.of(),
            Amounts::waits),
    CPU_QUEUED_WAITING(
            "corral.cpu.queued.waiting",
            Unit.WAITS,
            Kind.GAUGE,
            "Ready virtual threads and tasks of a container that wait now",
            reading -> reading.isQueuedKnown() ? reading.containers() : List.of(),
            Amounts::waiting),
    MEMORY_ALLOCATED(
            "corral.memory.allocated",
            Unit.BYTES,
            Kind.COUNTER,
            "Heap bytes allocated by a container's own threads and tasks",
            reading -> reading.isAllocationKnown() ? reading.containers() : List.of(),
            Amounts::allocatedBytes),
    MEMORY_ALLOCATED_REMOVED(
            "corral.memory.allocated.removed",
            Unit.BYTES,
            Kind.COUNTER,
            "Heap bytes that were exported for containers before they were removed",
            reading -> reading.isAllocationKnown() ? reading.removed() : List.of(),
            Amounts::allocatedBytes),
    GC_CPU_TIME_ESTIMATED(
            "corral.gc.cpu.time.estimated",
            Unit.SECONDS,
            Kind.COUNTER,
            "CPU time of the garbage collector, divided by what containers allocated; estimated",
            reading -> reading.isGcKnown() ? reading.containers() : List.of(),
            Amounts::gcNanos),
    GC_CPU_TIME_ESTIMATED_REMOVED(
            "corral.gc.cpu.time.estimated.removed",
            Unit.SECONDS,
            Kind.COUNTER,
            "Estimated CPU time of the garbage collector that was exported for containers before"
                    + " they were removed",
            reading -> reading.isGcKnown() ? reading.removed() : List.of(),
            Amounts::gcNanos),
    THREAD_STARTED(
            "corral.thread.started",
            Unit.THREADS,
            Kind.COUNTER,
            "Threads of both kinds that were started in a container",
            Reading::containers,
            Amounts::forks),
    THREAD_STARTED_REMOVED(
            "corral.thread.started.removed",
            Unit.THREADS,
            Kind.COUNTER,
            "Starts that were exported for containers before they were removed",
            Reading::removed,
            Amounts::forks),
    THREAD_COUNT(
            "corral.thread.count",
            Unit.THREADS,
            Kind.GAUGE,
            "Live threads of both kinds in a container",
            Reading::containers,
            Amounts::threads),
    JVM_CPU_TIME(
            "corral.jvm.cpu.time",
            Unit.SECONDS,
            Kind.COUNTER,
            "CPU time of the JVM's own threads, such as GC and JIT",
            Reading::jvm,
            Amounts::cpuNanos),
    PROCESS_CPU_TIME(
            "corral.process.cpu.time",
            Unit.SECONDS,
            Kind.COUNTER,
            "CPU time of the process, as the operating system counts it",
            reading -> process(reading.snapshot().processCpuNanos()),
            Amounts::cpuNanos),
    CPU_UNATTRIBUTED(
            "corral.cpu.unattributed",
            Unit.SECONDS,
            Kind.GAUGE,
            "CPU time of the process that is in no other part; most of it is what ending"
                    + " threads use, 30 to 200 us each; may be negative",
            reading -> process(reading.snapshot().unattributedCpuNanos()),
            Amounts::cpuNanos),
    CPU_OWN(
            "corral.cpu.own",
            Unit.SECONDS,
            Kind.GAUGE,
            "CPU time of Corral's hooks and readings, included in that of containers; estimated",
            reading -> process(reading.snapshot().ownCpuNanos()),
            Amounts::cpuNanos),
    CPU_THROTTLED_TIME(
            "corral.cpu.throttled.time",
            Unit.SECONDS,
            Kind.COUNTER,
            "Time that requests waited because of the limits of a container, in waits that have"
                    + " ended",
            LimitStat::waitedNanos),
    LIMIT_REQUESTS(
            "corral.limit.requests",
            Unit.REQUESTS,
            Kind.GAUGE,
            "Requests of a container with limits that run or wait now",
            LimitStat::requests),
    LIMIT_WAITING(
            "corral.limit.waiting",
            Unit.REQUESTS,
            Kind.GAUGE,
            "Requests that wait now because of the limits of a container",
            LimitStat::waiting),
    LIMIT_SHED(
            "corral.limit.shed",
            Unit.REQUESTS,
            Kind.COUNTER,
            "Requests that the limits of a container have refused",
            LimitStat::shed),
    LIMIT_OVER(
            "corral.limit.over",
            Unit.REQUESTS,
            Kind.COUNTER,
            "Requests and starts of threads that exceeded a limit and were let in",
            LimitStat::over),
    LIMIT_MONITORED(
            "corral.limit.monitored",
            Unit.REQUESTS,
            Kind.COUNTER,
            "Requests and starts of threads that a limit in monitor mode would have delayed or"
                    + " refused",
            stat -> stat.wouldWait() + stat.wouldShed() + stat.wouldRefuseStarts()),
    LIMIT_THREADS(
            "corral.limit.threads",
            Unit.THREADS,
            Kind.GAUGE,
            "Live threads that count for the limit threads.max of a container",
            LimitStat::threads),
    LIMIT_REFUSED_STARTS(
            "corral.limit.refused.starts",
            Unit.THREADS,
            Kind.COUNTER,
            "Starts of threads that the limit threads.max of a container has refused",
            LimitStat::refusedStarts),
    CONTROL_DEGRADED(
            "corral.control.degraded",
            Unit.ONE,
            Kind.GAUGE,
            "1 while limits let everything pass, since they can't be kept or were switched off",
            Metric::degraded,
            Amounts::forks);

    /** A counter never falls; a gauge may. */
    public enum Kind {
        COUNTER,
        GAUGE
    }

    /** In the notation of UCUM, as OpenTelemetry wants it. */
    public enum Unit {
        SECONDS("s", 1_000_000_000),
        BYTES("By", 1),
        THREADS("{thread}", 1),
        WAITS("{wait}", 1),
        REQUESTS("{request}", 1),
        ONE("1", 1);

        private final String symbol;

        /**
         * How many counted units make one unit of the metric: nanoseconds in a second, for example.
         */
        private final double divisor;

        Unit(String symbol, double divisor) {
            this.symbol = symbol;
            this.divisor = divisor;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** Takes one value of a metric. */
    public interface Values {
        /** @param point its hierarchy and container are empty for a metric of the whole process */
        void add(Point point, double value);
    }

    private final String key;
    private final Unit unit;
    private final Kind kind;
    private final String description;
    private final Function<Reading, List<Point>> points;
    private final ToLongFunction<Amounts> amount;

    /** Null for a metric of usage. */
    private final @Nullable ToLongFunction<LimitStat> ofLimits;

    /** A metric of usage. */
    Metric(
            String key,
            Unit unit,
            Kind kind,
            String description,
            Function<Reading, List<Point>> points,
            ToLongFunction<Amounts> amount) {
        this.key = key;
        this.unit = unit;
        this.kind = kind;
        this.description = description;
        this.points = points;
        this.amount = amount;
        this.ofLimits = null;
    }

    /** A metric of limits. */
    Metric(
            String key,
            Unit unit,
            Kind kind,
            String description,
            ToLongFunction<LimitStat> ofLimits) {
        this.key = key;
        this.unit = unit;
        this.kind = kind;
        this.description = description;
        this.points = reading -> List.of();
        this.amount = amounts -> 0;
        this.ofLimits = ofLimits;
    }

    /** Absent without a limit. */
    private static List<Point> degraded(Reading reading) {
        return reading.limits().isEmpty() && !reading.areLimitsOpen()
                ? List.of()
                : List.of(new Point("", "", Amounts.ofForks(reading.areLimitsOpen() ? 1 : 0)));
    }

    private static List<Point> process(long nanos) {
        return Usage.isKnown(nanos) ? List.of(new Point("", "", Amounts.ofCpu(nanos))) : List.of();
    }

    /** The name, with dots, as OpenTelemetry wants it. */
    public String key() {
        return key;
    }

    /**
     * The name, with dots, for Prometheus and for Micrometer, whose names become those of
     * Prometheus. Prometheus keeps the ending {@code _count} for histograms and summaries.
     */
    public String prometheusKey() {
        return this == THREAD_COUNT ? "corral.threads" : key;
    }

    public Unit unit() {
        return unit;
    }

    public Kind kind() {
        return kind;
    }

    public String description() {
        return description;
    }

    /** Passes each value of a reading to {@code values}. Passes none if they are unknown. */
    public void forEach(Reading reading, Values values) {
        ToLongFunction<LimitStat> limitAmount = ofLimits;
        if (limitAmount != null) {
            reading.limits()
                    .forEach((point, stat) ->
                            values.add(point, limitAmount.applyAsLong(stat) / unit.divisor));
            return;
        }
        for (Point point : points.apply(reading)) {
            values.add(point, amount.applyAsLong(point.amounts()) / unit.divisor);
        }
    }
}
