package io.corral.runtime.hook;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The hooks in class loaders, where a class is looked up or defined. They are woven only if there
 * may be a second copy of the API: in a class archive, or in a loader that does not delegate to its
 * parent first.
 */
public final class CopyHook {

    private static final String API = "io.corral.";
    private static final String RUNTIME = "runtime.";

    /**
     * The loaders that keep their copy. The array is replaced as a whole, by one thread at a time.
     * Almost always empty.
     */
    private static volatile WeakReference<?>[] keepers = {};

    private CopyHook() {}

    /**
     * Called at the entry of {@code ClassLoader.findLoadedClass}, which takes classes from the
     * archive before any parent is asked, and of {@code ClassLoader.defineClass}. The JVM allows a
     * loader to answer with a class that another one has defined.
     *
     * @return the boot loader's class if the name is one of the API's; else null
     */
    public static @Nullable Class<?> answer(ClassLoader loader, @Nullable String name) {
        return name == null || !isInOurPackages(name) || keepsCopy(loader) ? null : ours(name);
    }

    /** @return the boot loader's class if the name is one of the API's; else null */
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

    /** False for the agent's packages, and for others whose names begin in the same way. */
    private static boolean isInOurPackages(String name) {
        return name.startsWith(API)
                && (name.indexOf('.', API.length()) < 0 || name.startsWith(RUNTIME, API.length()));
    }

    /**
     * Lets a loader that has already defined a class of its copy keep that copy, since classes of
     * the two copies are incompatible. Called by one thread at a time.
     *
     * @return false if the loader keeps its copy already
     */
    public static boolean keep(ClassLoader loader) {
        if (keepsCopy(loader)) {
            return false;
        }
        WeakReference<?>[] before = keepers;
        WeakReference<?>[] after = new WeakReference<?>[before.length + 1];
        System.arraycopy(before, 0, after, 0, before.length);
        after[before.length] = new WeakReference<>(loader);
        keepers = after;
        return true;
    }

    /** Compares by identity, since a loader may override {@code equals}. */
    private static boolean keepsCopy(ClassLoader loader) {
        for (WeakReference<?> keeper : keepers) {
            if (keeper.get() == loader) {
                return true;
            }
        }
        return false;
    }
}
