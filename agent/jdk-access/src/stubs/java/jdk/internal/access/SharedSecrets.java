package jdk.internal.access;

public class SharedSecrets {

    public static native JavaLangAccess getJavaLangAccess();
}
