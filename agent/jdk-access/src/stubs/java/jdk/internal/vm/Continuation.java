package jdk.internal.vm;

public class Continuation {

    public static native boolean isPinned(ContinuationScope scope);

    public static native void pin();

    public static native void unpin();
}
