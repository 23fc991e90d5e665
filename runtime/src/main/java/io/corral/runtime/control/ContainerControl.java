package io.corral.runtime.control;

import io.corral.LimitExceeded;
import io.corral.LimitStat;
import io.corral.Limits;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.runqueue.RunQueue;
import io.corral.runtime.thread.HomeCounts;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The limits of one container and their state. It stays with the container from then on. */
public final class ContainerControl {

    private final ContainerNode container;

    /** In force. Written under the lock of {@link Control}. */
    private volatile LimitSettings settings = LimitSettings.NONE;

    /** What code or the command line has set. Guarded by the lock of {@link Control}. */
    LimitSettings overrides = LimitSettings.NONE;

    /** The mode of what code sets. */
    private volatile Limits.Mode modeOfCode = Limits.Mode.ENFORCE;

    final RequestPlaces places = new RequestPlaces();
    final RunSlots slots = new RunSlots();

    /** What {@code cpu.max} and {@code fair} in monitor mode would have let in. */
    final VirtualBucket monitoredQuota = new VirtualBucket();

    final VirtualBucket monitoredShare = new VirtualBucket();
    final CpuQuota quota = new CpuQuota();
    final FairShare share = new FairShare();
    final ThreadCount threads = new ThreadCount();
    final RunQueue runQueue = new RunQueue(Runtime.getRuntime().availableProcessors());
    final ThreadShare threadShare = new ThreadShare();

    /** What refuses a start that exceeds {@code threads.max}. Set where this is made. */
    private HomeCounts.@Nullable Verdict refusal;

    final AtomicLong admitted = new AtomicLong();
    final AtomicLong waited = new AtomicLong();
    final AtomicLong waitedNanos = new AtomicLong();
    final AtomicLong shed = new AtomicLong();
    final RefusedClients refusedClients = new RefusedClients();
    final AtomicLong over = new AtomicLong();
    final AtomicLong lost = new AtomicLong();
    final AtomicLong wouldWait = new AtomicLong();
    final AtomicLong wouldShed = new AtomicLong();

    final LimitNotices notices = new LimitNotices(this);

    /** Whether the tick looks at this container. Cleared by the tick when it rests. */
    volatile boolean isActive;

    ContainerControl(ContainerNode container) {
        this.container = container;
    }

    void refusal(HomeCounts.Verdict refusal) {
        this.refusal = refusal;
    }

    HomeCounts.Verdict refusal() {
        return Objects.requireNonNull(refusal);
    }

    public ContainerNode container() {
        return container;
    }

    public LimitSettings settings() {
        return settings;
    }

    /** The limits in force, as a {@code limit} line writes them. */
    public String text() {
        StringJoiner text = new StringJoiner(", ");
        for (LimitText each : LimitText.of(settings)) {
            text.add(each.text() + each.suffixOfMode());
        }
        return text.toString();
    }

    public void addListener(Consumer<LimitExceeded> listener) {
        notices.add(listener);
    }

    /** @return false if there is no such listener */
    public boolean removeListener(Consumer<LimitExceeded> listener) {
        return notices.remove(listener);
    }

    /** Under the lock of {@link Control}. */
    void settings(LimitSettings now) {
        if (settings.cpuMax() == null && now.cpuMax() != null) {
            quota.begin();
        }
        settings = now;
        places.max(now.requestsMax());
        threads.limit(now.threadsMax());
        if (now.cpuMax() == null && now.fair() == null) {
            slots.open();
        }
        if (!isQuotaMonitored()) {
            monitoredQuota.open();
        }
        if (!isShareMonitored()) {
            monitoredShare.open();
        }
        places.wake();
        slots.wake();
    }

    public Limits.Mode modeOfCode() {
        return modeOfCode;
    }

    public void modeOfCode(Limits.Mode mode) {
        modeOfCode = mode;
    }

    /** The container's weight among fair ones. */
    int weight() {
        LimitSettings.Weight known = settings.weight();
        return known == null ? Limits.DEFAULT_WEIGHT : known.weight();
    }

    /** The control that keeps a request from a slot. */
    String slotControl() {
        return slots.isLimitedByQuota() ? LimitNames.CPU_MAX : LimitNames.FAIR;
    }

    boolean isQuotaMonitored() {
        LimitSettings.CpuMax cpu = settings.cpuMax();
        return cpu != null && cpu.isMonitored();
    }

    boolean isShareMonitored() {
        LimitSettings.Fair fair = settings.fair();
        return fair != null && fair.isMonitored();
    }

    /** Whether a limit here counts what it would do. */
    boolean isMonitored() {
        return places.isMonitored() || isQuotaMonitored() || isShareMonitored();
    }

    /** How long a request may wait that a control of this container blocks. */
    long waitNanos(String control) {
        LimitSettings now = settings;
        LimitSettings.RequestsMax requests = now.requestsMax();
        LimitSettings.CpuMax cpu = now.cpuMax();
        LimitSettings.Fair fair = now.fair();
        return switch (control) {
            case LimitNames.REQUESTS_MAX -> requests == null ? 0 : requests.waitNanos();
            case LimitNames.CPU_MAX -> cpu == null ? 0 : cpu.waitNanos();
            default -> fair == null ? 0 : fair.waitNanos();
        };
    }

    /** The time until one more request could get a place, as far as one can tell. */
    long nanosUntilPlace() {
        return nanosUntilTurn(places.waiters, places.max());
    }

    /** The time until one more request could get a slot, as far as one can tell. */
    long nanosUntilSlot() {
        return nanosUntilTurn(slots.waiters, slots.limit());
    }

    /** The time until all have had their turn that wait or are expected to come again. */
    private long nanosUntilTurn(WaitQueue queue, long atOnce) {
        double ahead = queue.size() + refusedClients.expected();
        double turns = Math.max(1, (1 + ahead) / Math.max(1, atOnce));
        return (long) (turns * share.meanDurationNanos());
    }

    /** Called by the tick. */
    void countRefused(long elapsedNanos) {
        long retry = Math.max(nanosUntilPlace(), nanosUntilSlot());
        refusedClients.count(shed.get(), elapsedNanos, retry);
    }

    /** Counts a wait that has ended. */
    void countWait(long nanos) {
        waited.incrementAndGet();
        waitedNanos.addAndGet(nanos);
    }

    /** Counts a request that a limit in monitor mode would have let wait. */
    void wouldWait(String control) {
        wouldWait.incrementAndGet();
        notices.exceeded(control, true);
    }

    /** Counts a request that a limit in monitor mode would have refused, perhaps after a wait. */
    void wouldShed(String control) {
        wouldShed.incrementAndGet();
        notices.exceeded(control, true);
    }

    /** The value of a limit, in the unit of {@link io.corral.LimitExceeded#limit}. */
    long limitOf(String control) {
        LimitSettings now = settings;
        LimitSettings.RequestsMax requests = now.requestsMax();
        LimitSettings.CpuMax cpu = now.cpuMax();
        return switch (control) {
            case LimitNames.REQUESTS_MAX -> requests == null ? Limits.UNLIMITED : requests.max();
            case LimitNames.CPU_MAX ->
                cpu == null ? Limits.UNLIMITED : (long) (cpu.cpus() * CpuQuota.SECOND);
            case LimitNames.THREADS_MAX ->
                now.threadsMax() == null ? Limits.UNLIMITED : now.threadsMax().max();
            default -> slots.limit();
        };
    }

    /** What is in use of a limit, in the same unit. */
    long useOf(String control) {
        return switch (control) {
            case LimitNames.REQUESTS_MAX -> places.current();
            case LimitNames.CPU_MAX -> limitOf(control) + quota.debtNanos();
            case LimitNames.THREADS_MAX -> threads.current();
            default -> slots.used();
        };
    }

    public LimitStat stat() {
        return new LimitStat(
                places.current(),
                places.peak(),
                (long) places.waiters.size() + slots.waiters.size() + runQueue.waiting(),
                admitted.get(),
                waited.get(),
                waitedNanos.get(),
                shed.get(),
                over.get(),
                lost.get(),
                wouldWait.get(),
                wouldShed.get(),
                settings.threadsMax() != null ? threads.current() : 0,
                threads.peak(),
                threads.refused.get(),
                threads.refusedBelow.get(),
                threads.wouldRefuse.get());
    }

    @Override
    public String toString() {
        return container.toString();
    }
}
