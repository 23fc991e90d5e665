package sun.management;

public class ThreadImpl {

    static native long getThreadTotalCpuTime0(long id);

    static native void getThreadTotalCpuTime1(long[] ids, long[] result);

    static native long getThreadAllocatedMemory0(long id);
}
