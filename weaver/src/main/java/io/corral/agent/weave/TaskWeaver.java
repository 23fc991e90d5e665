package io.corral.agent.weave;

import io.corral.runtime.handover.TaskClasses;
import io.corral.runtime.notice.Log;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes by which tasks are handed over: as they are loaded and, those that were loaded
 * before, by retransformation. Classes that are retransformed cannot get a field; the runtime uses
 * a table for them.
 */
final class TaskWeaver {

    private final Instrumentation instrumentation;

    /** Classes that were loaded after the transformer was added. Guarded by this. */
    private final Set<TaskClass> loadedAfter = EnumSet.noneOf(TaskClass.class);

    /** Classes that have the hooks, and the field if they were loaded after. Guarded by this. */
    private final Set<TaskClass> woven = EnumSet.noneOf(TaskClass.class);

    /** Classes that were woven by retransformation. */
    private final List<Class<?>> retransformed = new ArrayList<>();

    TaskWeaver(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Called by the transformer.
     *
     * @param isLoaded whether the class is loaded already
     */
    byte @Nullable [] weave(TaskClass target, byte[] classFile, boolean isLoaded) {
        // Another agent may have changed the woven class. Then the remaining hooks are kept.
        boolean wasWoven = isLoaded && isIn(woven, target);
        boolean isOlder = isLoaded && !(wasWoven && isIn(loadedAfter, target));
        byte @Nullable [] result = null;
        try {
            result = TaskWeaving.weave(target, classFile, isOlder, wasWoven);
        } finally {
            if (!wasWoven) {
                wove(target, isLoaded, result != null);
            }
        }
        return result;
    }

    private synchronized boolean isIn(Set<TaskClass> classes, TaskClass target) {
        return classes.contains(target);
    }

    private synchronized void wove(TaskClass target, boolean isLoaded, boolean hasHooks) {
        if (!isLoaded) {
            loadedAfter.add(target);
        }
        if (hasHooks) {
            woven.add(target);
        }
        boolean isWhole = hasHooks && (!isLoaded || !target.hasField());
        TaskClasses.loaded(target.internalName(), isWhole);
        if (!isLoaded && !hasHooks) {
            Log.error(lacking(target.simpleName()));
        }
    }

    /**
     * Loads the classes that virtual threads use where they run as their carrier, as in a sleep on
     * JDK 21. The JVM calls no transformer for a class that is loaded there. One that was loaded
     * there is woven now.
     */
    void loadForVirtualThreads() {
        List<Class<?>> loaded = new ArrayList<>();
        for (TaskClass each : TaskClass.OF_CARRIERS) {
            try {
                loaded.add(Class.forName(each.internalName().replace('/', '.'), false, null));
            } catch (ClassNotFoundException | LinkageError notInThisJdk) {
                // Then no virtual thread can use the class either.
            }
        }
        weaveUnseen(loaded.toArray(new Class<?>[0]));
    }

    /** Weaves the loaded classes for which the transformer was not called. */
    void weaveUnseen(Class<?>[] classes) {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> each : classes) {
            TaskClass target = targetOf(each);
            if (target != null && !isIn(loadedAfter, target) && !retransformed.contains(each)) {
                loaded.add(each);
            }
        }
        if (loaded.isEmpty()) {
            return;
        }
        if (!retransform(loaded)) {
            for (Class<?> each : loaded) {
                retransform(List.of(each));
            }
        }
        retransformed.addAll(loaded);
        sayWhatIsLacking(loaded);
    }

    /** Called for each loaded class at the start, so it leaves out most of them cheaply. */
    private static @Nullable TaskClass targetOf(Class<?> loaded) {
        if (loaded.getClassLoader() != null || loaded.isInterface() || loaded.isArray()) {
            return null;
        }
        String name = loaded.getName();
        return name.startsWith("java.util.") ? TaskClass.of(name.replace('.', '/')) : null;
    }

    private boolean retransform(List<Class<?>> classes) {
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
            return true;
        } catch (UnmodifiableClassException | LinkageError | RuntimeException refused) {
            synchronized (this) {
                for (Class<?> each : classes) {
                    woven.remove(targetOf(each));
                }
            }
            return false;
        }
    }

    private void sayWhatIsLacking(List<Class<?>> loaded) {
        StringBuilder names = new StringBuilder();
        for (Class<?> each : loaded) {
            TaskClass target = targetOf(each);
            if (target != null && !isIn(woven, target)) {
                TaskClasses.loaded(target.internalName(), false);
                names.append(names.length() == 0 ? "" : ", ").append(target.simpleName());
            }
        }
        if (names.length() > 0 && !LoadedClasses.areGone(instrumentation)) {
            Log.error(lacking(names.toString()));
        }
    }

    private static String lacking(String names) {
        return "these classes could not be woven, so their tasks are charged to the pool that runs"
                + " them: " + names;
    }

    /** Called once the transformer is removed. */
    void unweave() {
        if (!retransformed.isEmpty()) {
            retransform(retransformed);
        }
    }
}
