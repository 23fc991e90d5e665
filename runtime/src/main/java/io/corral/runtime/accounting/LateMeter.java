package io.corral.runtime.accounting;

/** Of a thread whose clocks did not stand at zero when it came under Corral's eyes: 16 bytes more than others'. */
class LateMeter extends Meter {

    private final long firstCpuNanos;
    private final long firstAllocatedBytes;

    LateMeter(
            long threadId,
            ClockPolicy policy,
            Account account,
            long cpuNanos,
            long allocatedBytes) {
        super(threadId, policy, account, Math.max(cpuNanos, 0), Math.max(allocatedBytes, 0));
        this.firstCpuNanos = Math.max(cpuNanos, 0);
        this.firstAllocatedBytes = Math.max(allocatedBytes, 0);
    }

    @Override
    final long firstCpuNanos() {
        return firstCpuNanos;
    }

    @Override
    final long firstAllocatedBytes() {
        return firstAllocatedBytes;
    }
}
