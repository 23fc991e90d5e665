package io.corral.runtime.accounting;

/** A meter whose clocks are another's. */
class HandMeter extends LateMeter {

    private final ThreadClock clock;

    HandMeter(
            ThreadClock clock,
            ClockPolicy policy,
            Account account,
            long cpuNanos,
            long allocatedBytes) {
        super(0, policy, account, cpuNanos, allocatedBytes);
        this.clock = clock;
    }

    /** Owner: from now on for that account. */
    final void workFor(Account account) {
        switchTo(new Target() {
            @Override
            public Account account() {
                return account;
            }
        });
    }

    @Override
    public long ownCpuNanos() {
        return clock.ownCpuNanos();
    }

    @Override
    public long cpuNanos() {
        return clock.cpuNanos();
    }

    @Override
    public long ownAllocatedBytes() {
        return clock.ownAllocatedBytes();
    }

    @Override
    public long allocatedBytes() {
        return clock.allocatedBytes();
    }
}
