package io.corral.runtime.membership;

import io.corral.runtime.accounting.Meter;
import io.corral.runtime.accounting.ThreadClock;

/** A platform thread, with its meter. In {@link MemberTable} while it lives. */
public final class PlatformMember extends Member {

    private final Thread thread;
    private final long threadId;
    private final Meter meter;
    private final long bornNanoTime = System.nanoTime();

    /** Set at the first mount. A carrier's meter follows what is mounted, not the carrier's home. */
    private volatile boolean carrier;

    /** For a thread whose clocks stand at these values; it works for {@code home}, which is pinned. */
    public PlatformMember(
            Thread thread,
            long threadId,
            ThreadClock clock,
            Membership home,
            long cpuNanos,
            long allocatedBytes) {
        this.thread = thread;
        this.threadId = threadId;
        this.meter = new Meter(clock, home, cpuNanos, allocatedBytes);
        settleIn(home);
    }

    public Thread thread() {
        return thread;
    }

    public long threadId() {
        return threadId;
    }

    public Meter meter() {
        return meter;
    }

    public long lifetimeNanos() {
        return System.nanoTime() - bornNanoTime;
    }

    @Override
    public boolean isVirtual() {
        return false;
    }

    @Override
    void followOnMeter() {
        meter.switchTo(this);
    }

    @Override
    void followFromOutside() {
        if (carrier) {
            return;
        }
        meter.moveTo(this);
    }

    void becomeCarrier() {
        if (!carrier) {
            carrier = true;
        }
    }
}
