package jdk.internal.vm;

public class Continuation {

    private final Runnable target;

    public Continuation(Runnable target) {
        this.target = target;
    }

    public final void run() {
        target.run();
    }

    public native boolean isDone();

    public static native void pin();

    public static native void unpin();
}
