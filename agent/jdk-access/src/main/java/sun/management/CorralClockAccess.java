package sun.management;

import io.corral.runtime.jdk.ClockAccess;
import io.corral.runtime.jdk.VmThreadAccess;

/** Nest mate of {@link ThreadImpl}, whose native methods it calls, and those of its package. */
final class CorralClockAccess implements ClockAccess, VmThreadAccess {

    @Override
    public long cpuNanos(long threadId) {
        return ThreadImpl.getThreadTotalCpuTime0(threadId);
    }

    @Override
    public void cpuNanos(long[] threadIds, long[] into) {
        ThreadImpl.getThreadTotalCpuTime1(threadIds, into);
    }

    @Override
    public long allocatedBytes(long threadId) {
        return ThreadImpl.getThreadAllocatedMemory0(threadId);
    }

    @Override
    public long startedThreads() {
        return ManagementFactoryHelper.getVMManagement().getTotalThreadCount();
    }

    @Override
    public int liveThreads() {
        return ManagementFactoryHelper.getVMManagement().getLiveThreadCount();
    }

    @Override
    public int read(String[] names, long[] cpuNanos) {
        return hotspotThread().getInternalThreadTimes0(names, cpuNanos);
    }

    private static HotspotThread hotspotThread() {
        return (HotspotThread) ManagementFactoryHelper.getHotspotThreadMBean();
    }
}
