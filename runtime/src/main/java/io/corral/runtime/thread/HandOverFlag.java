package io.corral.runtime.thread;

/**
 * Whether hand-over has anything to do: false until a thread opens a scope, or works in a container
 * that its tasks take along. Until then the hooks of hand-over return at once.
 */
public final class HandOverFlag {

    private static volatile boolean on;

    private HandOverFlag() {}

    public static boolean isOn() {
        return on;
    }

    /** Called before a thread enters such a scope or container. The flag is never reset. */
    static void turnOn() {
        if (!on) {
            on = true;
        }
    }
}
