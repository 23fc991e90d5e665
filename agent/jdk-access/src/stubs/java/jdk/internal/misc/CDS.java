package jdk.internal.misc;

public class CDS {

    public static native boolean isDumpingArchive();
}
