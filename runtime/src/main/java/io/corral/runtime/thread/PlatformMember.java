package io.corral.runtime.thread;

import io.corral.runtime.accounting.Account;
import io.corral.runtime.accounting.ClockPolicy;
import io.corral.runtime.accounting.Meter;
import io.corral.runtime.membership.Membership;

import org.jspecify.annotations.Nullable;

/** A platform thread and its meter. In {@link MemberTable} while the thread lives. */
public final class PlatformMember extends Member {

    /** The policy of threads that are made from now on. Set by the wiring. */
    private static volatile ClockPolicy clockPolicy = ClockPolicy.EXACT;

    private final Thread thread;
    private final Meter meter;
    private final CarrierState carrier = new CarrierState();
    private final RestDetector rest = new RestDetector();
    private final long bornNanoTime = System.nanoTime();

    /** The rule by which the fork or the adoption has placed the thread. */
    private String rule = Placement.ADOPTED;

    /** The last attach, if there was one. */
    private volatile @Nullable Placement attach;

    /** Whether the exit hook is complete, so that the member may be unlinked. */
    private volatile boolean gone;

    /** Accessed by the thread itself only. */
    private @Nullable Worker worker;

    private boolean chargesTasksToPool;

    /**
     * Whose slot the virtual thread holds that runs on this carrier, and that thread. Written by
     * the carrier, also while the virtual thread is mounted on it. Null while there is none.
     */
    private volatile @Nullable Object slotOwner;

    private @Nullable Runnable runs;

    /** Whether this carrier has ever begun a run. */
    private boolean hasRun;

    /** Creates a member for a thread with these clock values. Its home is pinned. */
    public PlatformMember(
            Thread thread, long threadId, Membership home, long cpuNanos, long allocatedBytes) {
        this.thread = thread;
        this.meter = new Meter(threadId, clockPolicy, home, cpuNanos, allocatedBytes);
        becomeMemberOf(home);
    }

    /** Call it before the hooks are switched on. */
    public static void clockPolicy(ClockPolicy policy) {
        clockPolicy = policy;
    }

    /** Call it before the thread is linked: its tasks are then charged to its pool. */
    public void chargeTasksToPool() {
        chargesTasksToPool = true;
    }

    /** Whether tasks on this thread are charged to its pool, not to their submitters. */
    public boolean chargesTasksToPool() {
        return chargesTasksToPool;
    }

    /**
     * The state of a pool's worker; null for any other thread. Called on the thread itself. If a
     * task of one pool runs a worker of another pool, this is the inner one.
     */
    public @Nullable Worker worker() {
        return worker;
    }

    /** See {@link #worker()}. */
    public void worker(@Nullable Worker worker) {
        this.worker = worker;
    }

    /**
     * What has decided where this thread is now in the hierarchy {@code main}.
     *
     * @param rule the rule, or how the thread came there
     * @param nanoTime when that was, by {@link System#nanoTime()}
     */
    public record Placement(String rule, long nanoTime) {

        static final String ADOPTED = "adopted";
        static final String ATTACH = "attach";
    }

    /** Called on this carrier before it runs a virtual thread in a slot of {@code owner}. */
    public void beginRun(Object owner, Runnable thread) {
        hasRun = true;
        runs = thread;
        slotOwner = owner;
    }

    /**
     * Called on this carrier after the run.
     *
     * @return the owner of the slot, which the thread may have exchanged
     */
    public Object endRun() {
        Object owner = slotOwner;
        if (owner == null) {
            throw new IllegalStateException("no run has begun");
        }
        slotOwner = null;
        runs = null;
        return owner;
    }

    /** Called on this carrier: whether it runs {@code thread} in a slot. */
    public boolean runs(Runnable thread) {
        return runs == thread;
    }

    /** Called on this carrier: whether it has ever begun a run. */
    public boolean hasRun() {
        return hasRun;
    }

    /** Whose slot the mounted virtual thread holds; null if none. Any thread may ask. */
    public @Nullable Object slotOwner() {
        return slotOwner;
    }

    /** Called on the mounted thread: it has exchanged its slot. */
    public void slotOwner(Object owner) {
        slotOwner = owner;
    }

    /** Call it before the thread is linked. */
    public void placedBy(String rule) {
        this.rule = rule;
    }

    /** Called after an attach. */
    void attached() {
        attach = new Placement(Placement.ATTACH, System.nanoTime());
    }

    public Placement placement() {
        Placement last = attach;
        return last != null ? last : new Placement(rule, bornNanoTime);
    }

    boolean isGone() {
        return gone;
    }

    void markGone() {
        gone = true;
    }

    public Thread thread() {
        return thread;
    }

    /** The thread's ID, even if a subclass overrides {@code getId}. */
    public long threadId() {
        return meter.threadId();
    }

    public Meter meter() {
        return meter;
    }

    public long lifetimeNanos() {
        return System.nanoTime() - bornNanoTime;
    }

    CarrierState carrier() {
        return carrier;
    }

    /** Whether readings may skip the thread. */
    public boolean rests() {
        return rest.rests();
    }

    @Override
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    @Override
    boolean keepsFrame() {
        return true;
    }

    @Override
    boolean canPutOffSwitch() {
        return !meter.hasManyUnchargedBytes();
    }

    @Override
    void followOnMeter() {
        meter.switchTo(this);
    }

    /** The meter of a dedicated carrier follows the mounted thread, not the carrier's home. */
    @Override
    void followFromOutside() {
        if (!carrier.isDedicated()) {
            meter.moveTo(this);
        }
    }

    /** While a virtual thread is mounted, the meter stays with the account of that thread. */
    @Override
    public Account account(Account current) {
        return carrier.isMounted() ? current : account();
    }

    /**
     * Called on the carrier. A thread that moves the meter reads the meter's state and then that of
     * the carrier. So it sees the mount, or fails at the compare-and-set of the switch here.
     */
    void mount(Member mounted) {
        carrier.mount(thread);
        meter.switchTo(mounted);
    }

    /**
     * A carrier with other work, such as an event loop of the application, works for its home
     * again.
     */
    void dismount() {
        carrier.dismount();
        if (!carrier.isDedicated()) {
            meter.switchTo(this);
        }
    }

    /**
     * Called by one reader at a time: charges the CPU time up to now, and what a thread that begins
     * to rest has allocated.
     *
     * @param cpuNanos the CPU clock of the thread, read after the reading began
     */
    void settle(long cpuNanos) {
        if (!meter.settle(cpuNanos)) {
            rest.progressed();
        } else if (!carrier.carries()) {
            rest.stoodStill(meter, thread);
        }
        comeHomeIfResting();
    }

    /**
     * Called by one reader at a time: moves the meter of an idle carrier to the carrier's home.
     * Until then the meter is charged to the membership of the virtual thread that ran last.
     */
    private void comeHomeIfResting() {
        if (carrier.isIdleAndDedicated()) {
            meter.moveResting(this, thread);
        }
    }
}
