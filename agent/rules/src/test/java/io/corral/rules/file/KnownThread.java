package io.corral.rules.file;

import io.corral.runtime.placement.ThreadFacts;

import org.jspecify.annotations.Nullable;

/** Thread facts with given values. */
record KnownThread(
        String name,
        boolean isVirtual,
        @Nullable String type,
        @Nullable String task,
        @Nullable String group,
        @Nullable String loader)
        implements ThreadFacts {

    static KnownThread platform(String name) {
        return new KnownThread(name, false, "java.lang.Thread", null, "main", "app");
    }

    static KnownThread virtual(String name) {
        return new KnownThread(name, true, "java.lang.VirtualThread", null, null, "app");
    }

    KnownThread running(String task) {
        return new KnownThread(name, isVirtual, type, task, group, loader);
    }
}
