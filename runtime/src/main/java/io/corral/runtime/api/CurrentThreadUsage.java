package io.corral.runtime.api;

import static io.corral.Usage.UNKNOWN;

import io.corral.Usage;
import io.corral.runtime.accounting.JvmClocks;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.VirtualMember;
import io.corral.runtime.thread.VirtualTotals;

/** What the calling thread has used itself, in whatever container. */
final class CurrentThreadUsage {

    private CurrentThreadUsage() {}

    static Usage read() {
        if (!Members.isWoven()) {
            return usage(-1, -1);
        }
        Member self = Members.currentOrNull();
        if (self instanceof VirtualMember virtual) {
            VirtualTotals totals = virtual.totals();
            return usage(
                    JvmClocks.hasCpuTime() ? totals.cpuNanos() : -1,
                    JvmClocks.hasAllocatedBytes() ? totals.allocatedBytes() : -1);
        }
        return self == null
                ? usage(-1, -1)
                : usage(JvmClocks.ownCpuNanos(), JvmClocks.ownAllocatedBytes());
    }

    /** A number below zero is unknown. */
    private static Usage usage(long cpuNanos, long allocatedBytes) {
        boolean isCpuKnown = cpuNanos >= 0;
        long bytes = allocatedBytes >= 0 ? allocatedBytes : UNKNOWN;
        return new Usage(
                isCpuKnown ? cpuNanos : UNKNOWN,
                isCpuKnown ? 0 : UNKNOWN,
                bytes,
                bytes,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN);
    }
}
