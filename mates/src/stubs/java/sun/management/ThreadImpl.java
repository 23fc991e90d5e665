package sun.management;

public class ThreadImpl {

    static native long getThreadTotalCpuTime0(long id);

    static native long getThreadAllocatedMemory0(long id);
}
