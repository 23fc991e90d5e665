package jdk.internal.loader;

public class BootLoader {

    public static native void loadLibrary(String name);
}
