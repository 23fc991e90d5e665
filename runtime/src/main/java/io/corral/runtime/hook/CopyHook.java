package io.corral.runtime.hook;

import org.jspecify.annotations.Nullable;

/** Some loader looks for a class. Woven only where an application's class archive holds a copy of ours. */
public final class CopyHook {

    private static final String OURS = "io.corral.";

    private CopyHook() {}

    /**
     * Stands at the entry of {@code ClassLoader.findLoadedClass}, which takes classes from the archive
     * before any parent is asked.
     *
     * @return the boot loader's class, for one of ours; else null
     */
    public static @Nullable Class<?> findLoadedClass(@Nullable String name) {
        if (name == null || !name.startsWith(OURS)) {
            return null;
        }
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException | LinkageError notOurs) {
            return null;
        }
    }
}
