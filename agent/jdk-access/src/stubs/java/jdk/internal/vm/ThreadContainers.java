package jdk.internal.vm;

public class ThreadContainers {

    public static native ThreadContainer root();
}
