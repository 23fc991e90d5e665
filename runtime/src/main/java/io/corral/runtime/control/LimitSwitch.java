package io.corral.runtime.control;

/** Whether any limit is set. While it is off, hooks read this field and nothing else. */
public final class LimitSwitch {

    private static volatile boolean on;

    private LimitSwitch() {}

    public static boolean isOn() {
        return on;
    }

    static void set(boolean isOn) {
        on = isOn;
    }
}
