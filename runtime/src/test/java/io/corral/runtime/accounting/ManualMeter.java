package io.corral.runtime.accounting;

/** A meter with the clocks that a test gives it. */
class ManualMeter extends Meter {

    private final ThreadClock clock;

    ManualMeter(
            ThreadClock clock,
            ClockPolicy policy,
            Account account,
            long cpuNanos,
            long allocatedBytes) {
        super(0, policy, account, cpuNanos, allocatedBytes);
        this.clock = clock;
    }

    /** Owner: works for {@code account} from now on. */
    final void workFor(Account account) {
        switchTo(current -> account);
    }

    /** The state of its publication. */
    final long state() {
        return publication.state();
    }

    @Override
    long ownCpuNanos() {
        return clock.ownCpuNanos();
    }

    @Override
    long cpuNanos() {
        return clock.cpuNanos();
    }

    @Override
    long ownAllocatedBytes() {
        return clock.ownAllocatedBytes();
    }

    @Override
    long allocatedBytes() {
        return clock.allocatedBytes();
    }
}
