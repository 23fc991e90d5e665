package jdk.internal.vm;

public class StackableScope {

    public static native void popAll();
}
