package io.corral.runtime.rules;

import org.jspecify.annotations.Nullable;

/** Thread facts with given values. */
record KnownThread(
        String name,
        boolean isVirtual,
        @Nullable String type,
        @Nullable String task,
        @Nullable String group,
        @Nullable String loader) {

    static KnownThread platform(String name) {
        return new KnownThread(name, false, "java.lang.Thread", null, "main", "app");
    }

    static KnownThread virtual(String name) {
        return new KnownThread(name, true, "java.lang.VirtualThread", null, null, "app");
    }

    KnownThread running(String task) {
        return new KnownThread(name, isVirtual, type, task, group, loader);
    }

    ThreadFacts facts() {
        return new ThreadFacts() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean isVirtual() {
                return isVirtual;
            }

            @Override
            public @Nullable String type() {
                return type;
            }

            @Override
            public @Nullable String task() {
                return task;
            }

            @Override
            public @Nullable String group() {
                return group;
            }

            @Override
            public @Nullable String loader() {
                return loader;
            }
        };
    }
}
