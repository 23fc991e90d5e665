package io.corral.runtime.hook;

/** Whether the hooks act. They are woven before they are switched on, and inert until then. */
public final class Hooks {

    static volatile boolean on;

    private Hooks() {}

    public static void switchOn() {
        on = true;
    }

    public static void switchOff() {
        on = false;
    }
}
