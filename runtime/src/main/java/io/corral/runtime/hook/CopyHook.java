package io.corral.runtime.hook;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A class loader looks for a class, or defines one. Woven only where there may be another copy of the
 * API than the boot loader's: in a class archive, or with a loader that does not ask its parents first.
 */
public final class CopyHook {

    private static final String API = "io.corral.";
    private static final String RUNTIME = "runtime.";

    /** Replaced as a whole, by one thread at a time. Almost always empty. */
    private static volatile WeakReference<?>[] keepers = {};

    private CopyHook() {}

    /**
     * Stands at the entry of {@code ClassLoader.findLoadedClass}, which takes classes from the archive
     * before any parent is asked, and of {@code ClassLoader.defineClass}. The JVM allows a loader to
     * answer with a class that another one has defined.
     *
     * @return the boot loader's class, for one of ours; else null
     */
    public static @Nullable Class<?> answer(ClassLoader loader, @Nullable String name) {
        return name == null || !isInOurPackages(name) || isKeeper(loader) ? null : ours(name);
    }

    /** @return the boot loader's class of that name, if it is one of ours; else null */
    public static @Nullable Class<?> ours(String name) {
        if (!isInOurPackages(name)) {
            return null;
        }
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException | LinkageError notOurs) {
            return null;
        }
    }

    /** Not the agent's, which is in the boot loader too, nor what else has a name that begins so. */
    private static boolean isInOurPackages(String name) {
        return name.startsWith(API)
                && (name.indexOf('.', API.length()) < 0 || name.startsWith(RUNTIME, API.length()));
    }

    /**
     * Leaves its copy to a loader that has got as far as to define a class of it: one half of each
     * would not fit together. To be called by one thread at a time.
     *
     * @return whether it was not left to it before
     */
    public static boolean keep(ClassLoader loader) {
        if (isKeeper(loader)) {
            return false;
        }
        WeakReference<?>[] before = keepers;
        WeakReference<?>[] after = new WeakReference<?>[before.length + 1];
        System.arraycopy(before, 0, after, 0, before.length);
        after[before.length] = new WeakReference<>(loader);
        keepers = after;
        return true;
    }

    /** By identity: a loader's {@code equals} is the application's. */
    private static boolean isKeeper(ClassLoader loader) {
        for (WeakReference<?> keeper : keepers) {
            if (keeper.get() == loader) {
                return true;
            }
        }
        return false;
    }
}
