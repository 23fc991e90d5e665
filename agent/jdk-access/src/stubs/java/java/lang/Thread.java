package java.lang;

/** Declares the private members that Corral uses, of all supported JDKs. */
public class Thread {

    long tid;

    /** Until JDK 18. */
    Runnable target;

    /** Until JDK 18. */
    volatile int threadStatus;

    /** Since JDK 19. */
    FieldHolder holder;

    protected Thread() {}

    public static native Thread currentThread();

    native void start0();

    /** Since JDK 19. */
    native jdk.internal.vm.ThreadContainer threadContainer();

    static class FieldHolder {
        Runnable task;
        volatile int threadStatus;
    }
}
