package io.corral.weaver.tasks;

import io.corral.runtime.handover.TaskClasses;
import io.corral.runtime.notice.Log;
import io.corral.weaver.common.LoadedClasses;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes by which tasks are handed over: as they are loaded and, those that were loaded
 * before, by retransformation. Classes that are retransformed cannot get a field; the runtime uses
 * a table for them.
 */
public final class TaskClassWeaver {

    private final Instrumentation instrumentation;

    /** Classes that were loaded after the agent. Guarded by this. */
    private final Set<TaskClass> loadedAfter = EnumSet.noneOf(TaskClass.class);

    /** Classes that have the hooks, and the field if they were loaded after. Guarded by this. */
    private final Set<TaskClass> woven = EnumSet.noneOf(TaskClass.class);

    /** The method that a class lacks, so that it is not woven. Guarded by this. */
    private final Map<TaskClass, String> missing = new EnumMap<>(TaskClass.class);

    /** Classes for which retransformation was tried. */
    private final List<Class<?>> retransformed = new ArrayList<>();

    public TaskClassWeaver(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Called for each class of the JDK that is loaded or retransformed.
     *
     * @param isLoaded whether the class is loaded already
     * @return null if the class hands over no tasks, or stays as it is
     */
    public byte @Nullable [] weave(String className, byte[] classFile, boolean isLoaded) {
        TaskClass target = TaskClass.of(className);
        return target == null ? null : weave(target, classFile, isLoaded);
    }

    private byte @Nullable [] weave(TaskClass target, byte[] classFile, boolean isLoaded) {
        // Another agent may have changed the woven class. Then the remaining hooks are kept.
        boolean wasWoven = isLoaded && isIn(woven, target);
        boolean isLoadedWithoutHooks = isLoaded && !(wasWoven && isIn(loadedAfter, target));
        byte @Nullable [] result = null;
        try {
            result = TaskClassVisitor.weave(target, classFile, isLoadedWithoutHooks, wasWoven);
            if (result == null) {
                missing(target, TaskClassVisitor.missing(target, classFile));
            }
        } finally {
            if (!wasWoven) {
                record(target, isLoaded, result != null);
            }
        }
        return result;
    }

    private synchronized void missing(TaskClass target, @Nullable String method) {
        if (method != null) {
            missing.put(target, method);
        }
    }

    /** The method that the class lacks if that is why it is not woven, else the class. */
    private synchronized String title(TaskClass unwoven) {
        return missing.getOrDefault(unwoven, unwoven.simpleName());
    }

    private synchronized boolean isIn(Set<TaskClass> classes, TaskClass target) {
        return classes.contains(target);
    }

    private synchronized void record(TaskClass target, boolean isLoaded, boolean hasHooks) {
        if (!isLoaded) {
            loadedAfter.add(target);
        }
        if (hasHooks) {
            woven.add(target);
        }
        boolean isComplete = hasHooks && (!isLoaded || !target.hasField());
        TaskClasses.loaded(target.internalName(), isComplete);
        if (!isLoaded && !hasHooks) {
            Log.error(unwovenMessage(title(target)));
        }
    }

    /**
     * Loads the classes that a virtual thread uses while its code runs as the carrier, as in a
     * sleep on JDK 21. The JVM calls no transformer for a class that is first loaded then. Weaves
     * those that were loaded so before.
     */
    public void loadClassesUsedOnCarriers() {
        List<Class<?>> loaded = new ArrayList<>();
        for (TaskClass each : TaskClass.USED_ON_CARRIERS) {
            try {
                loaded.add(Class.forName(each.internalName().replace('/', '.'), false, null));
            } catch (ClassNotFoundException | LinkageError notInThisJdk) {
                // Then no virtual thread can use the class either.
            }
        }
        weaveUnseen(loaded.toArray(new Class<?>[0]));
    }

    /** Weaves the loaded classes for which the transformer was not called. */
    public void weaveUnseen(Class<?>[] classes) {
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
        logUnwoven(loaded);
    }

    /** Called for each loaded class at the start, so it rejects most of them cheaply. */
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

    private void logUnwoven(List<Class<?>> loaded) {
        StringBuilder names = new StringBuilder();
        for (Class<?> each : loaded) {
            TaskClass target = targetOf(each);
            if (target != null && !isIn(woven, target)) {
                TaskClasses.loaded(target.internalName(), false);
                names.append(names.length() == 0 ? "" : ", ").append(title(target));
            }
        }
        if (names.length() > 0 && !LoadedClasses.isJvmEnding(instrumentation)) {
            Log.error(unwovenMessage(names.toString()));
        }
    }

    private static String unwovenMessage(String names) {
        return "tasks of these classes are charged to the pool that runs them, not to their"
                + " submitters, since the classes could not be woven: " + names;
    }

    /** Called when the agent no longer transforms classes. */
    public void unweave() {
        if (!retransformed.isEmpty()) {
            retransform(retransformed);
        }
    }
}
