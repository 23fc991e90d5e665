package io.corral.benchmarks;

import io.corral.runtime.thread.Members;

import java.lang.reflect.Field;

/** Makes the API in a JVM with Corral what it is in one without the agent, and back. Nothing but this has a use for that. */
final class ApiSwitch {

    private final Field woven;

    ApiSwitch() {
        try {
            woven = Members.class.getDeclaredField("woven");
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
        woven.setAccessible(true);
    }

    void switchOff() {
        set(false);
    }

    void switchOn() {
        set(true);
    }

    private void set(boolean isWoven) {
        try {
            woven.setBoolean(null, isWoven);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
