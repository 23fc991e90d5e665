package jdk.internal.vm;

public class Continuation {

    public static native void pin();

    public static native void unpin();
}
