package io.corral.rules.values;

import io.corral.runtime.handover.WeakIdentityMap;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A class of the application, known by its name. An application may have several class loaders, and
 * each may have another class of this name. No loader is kept from being collected.
 */
public final class ApplicationClass {

    private static final WeakReference<Class<?>> NONE = new WeakReference<>(null);

    /** Stands for the boot loader, which is null. */
    private static final Object BOOT_LOADER = new Object();

    private final String name;

    /** What each loader has found, which does not change. */
    private final WeakIdentityMap<WeakReference<Class<?>>> found = new WeakIdentityMap<>();

    public ApplicationClass(String name) {
        this.name = name;
    }

    /** The class that a loader finds, perhaps in a loader above it; null if it finds none. */
    public @Nullable Class<?> in(@Nullable ClassLoader loader) {
        Object key = loader == null ? BOOT_LOADER : loader;
        WeakReference<Class<?>> known = found.get(key);
        if (known == null) {
            known = find(loader);
            found.put(key, known);
        }
        return known.get();
    }

    private WeakReference<Class<?>> find(@Nullable ClassLoader loader) {
        try {
            return new WeakReference<>(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError none) {
            return NONE;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
