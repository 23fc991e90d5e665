package io.corral.runtime.placement;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.TaskAccess;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Finds workers of pools that a thread factory has wrapped in a lambda or an object with a field
 * for the worker. Factories that copy the caller's log context do so. The fields of a class are
 * looked up once, so that a check of an object allocates nothing.
 */
final class WrappedWorkers {

    /** The largest number of objects around a worker. */
    private static final int MAX_DEPTH = 3;

    /** The largest number of fields of a wrapper. */
    private static final int MAX_FIELDS = 8;

    /** A power of two. */
    private static final int CACHED = 256;

    private static final long[] NONE = {};

    /**
     * Written without a fence: the fields of an entry are final, and a lost entry is created again.
     */
    private static final @Nullable Offsets[] CACHE = new Offsets[CACHED];

    private WrappedWorkers() {}

    /** Initializes classes now, since a hook may have too little stack left for that. */
    static void initialize() {
        TaskAccess access = Jdk.TASKS;
        if (access != null) {
            offsets(Object.class, access);
        }
    }

    /** Whether {@code object}, which is a task or a thread, holds a pool's worker. */
    static boolean isIn(Object object) {
        TaskAccess access = Jdk.TASKS;
        return access != null && isIn(object, access, MAX_DEPTH);
    }

    private static boolean isIn(Object object, TaskAccess access, int depth) {
        // Classes of the JDK are not wrappers.
        if (object.getClass().getClassLoader() == null) {
            return false;
        }
        for (long offset : offsets(object.getClass(), access)) {
            Object held = access.reference(object, offset);
            if (held instanceof Runnable
                    && !(held instanceof Thread)
                    && (PoolWorkers.isWorkersTask(held.getClass())
                            || (depth > 1 && isIn(held, access, depth - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static long[] offsets(Class<?> type, TaskAccess access) {
        int slot = System.identityHashCode(type) & (CACHED - 1);
        Offsets known = CACHE[slot];
        if (known == null || !known.refersTo(type)) {
            known = new Offsets(type, offsetsOf(type, access));
            CACHE[slot] = known;
        }
        return known.offsets;
    }

    private static long[] offsetsOf(Class<?> type, TaskAccess access) {
        long[] found = new long[MAX_FIELDS];
        int count = 0;
        try {
            for (Class<?> each = type;
                    each != null && each.getClassLoader() != null;
                    each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if (mayHoldTask(field)) {
                        if (count == MAX_FIELDS) {
                            return NONE;
                        }
                        found[count++] = access.offset(field);
                    }
                }
            }
        } catch (SecurityException | LinkageError unknown) {
            return NONE;
        }
        long[] offsets = new long[count];
        System.arraycopy(found, 0, offsets, 0, count);
        return offsets;
    }

    private static boolean mayHoldTask(Field field) {
        Class<?> type = field.getType();
        return !Modifier.isStatic(field.getModifiers())
                && (type.isAssignableFrom(Runnable.class) || Runnable.class.isAssignableFrom(type));
    }

    /** The fields of a class that may hold a task. */
    private static final class Offsets extends WeakReference<Class<?>> {

        final long[] offsets;

        Offsets(Class<?> type, long[] offsets) {
            super(type);
            this.offsets = offsets;
        }
    }
}
