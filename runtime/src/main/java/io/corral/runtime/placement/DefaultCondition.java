package io.corral.runtime.placement;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;

import org.jspecify.annotations.Nullable;

/** A condition of a default rule. */
final class DefaultCondition {

    private static final int THREAD = 1;
    private static final int CLASS = 2;
    private static final int TASK = 3;
    private static final int ORIGIN = 4;
    private static final int STARTER = 5;
    private static final int CHOSEN = 6;
    private static final int POOL = 7;

    private static final @Nullable ThreadAccess THREADS = Jdk.THREADS;

    private final int property;
    private final String pattern;
    private final Glob glob;
    private final boolean withSubclasses;

    /** @param compiled the keyword of the rules' language, a space and a glob */
    DefaultCondition(String compiled) {
        int space = compiled.indexOf(' ');
        String word = compiled.substring(0, space);
        String pattern = compiled.substring(space + 1);
        this.property = switch (word) {
            case "thread" -> THREAD;
            case "class" -> CLASS;
            case "task" -> TASK;
            case "origin" -> ORIGIN;
            case "starter" -> STARTER;
            case "chosen" -> CHOSEN;
            case "pool" -> POOL;
            default -> throw new IllegalArgumentException(compiled);
        };
        this.withSubclasses = property == CLASS && pattern.endsWith("+");
        this.pattern = withSubclasses ? pattern.substring(0, pattern.length() - 1) : pattern;
        this.glob = new Glob(this.pattern, false);
    }

    boolean asksForStarter() {
        return property == STARTER || property == CHOSEN;
    }

    /**
     * Whether the condition never holds for virtual threads, since their class and task are those
     * of the JDK.
     */
    boolean isForPlatformThreads() {
        return property == CLASS || property == TASK || property == ORIGIN;
    }

    /** The class, if the condition is for one class and its subclasses; else null. */
    @Nullable String classWithSubclasses() {
        return property == CLASS && withSubclasses && glob.isOneText() ? pattern : null;
    }

    /** The class of the task, if the condition is for one such class; else null. */
    @Nullable String taskClass() {
        return property == TASK && glob.isOneText() ? pattern : null;
    }

    boolean isForTask(String type) {
        return property == TASK && glob.matches(type);
    }

    boolean holds(Thread thread, boolean virtual, ContainerNode starter, boolean inheritsAlways) {
        return switch (property) {
            case THREAD -> glob.matches(thread.getName());
            case CLASS -> isLike(thread.getClass());
            case TASK -> {
                Runnable task = task(thread);
                yield task != null && glob.matches(task.getClass().getName());
            }
            case ORIGIN -> {
                String origin = virtual ? null : origin(thread);
                yield origin != null && glob.matches(origin);
            }
            case STARTER -> glob.matches(starter.path());
            case CHOSEN -> !inheritsAlways && starter.isChosen();
            default -> virtual ? PoolWorkers.isVirtualWorker(thread) : PoolWorkers.isWorker(thread);
        };
    }

    private boolean isLike(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (glob.matches(each.getName())) {
                return true;
            }
            if (!withSubclasses) {
                return false;
            }
        }
        return false;
    }

    /**
     * The class of the loader of the thread's class or, if the thread is a plain {@code Thread}, of
     * its task's class. Does not call the loader's {@code getName}, since an application may
     * override that.
     */
    static @Nullable String origin(Thread thread) {
        Runnable task = thread.getClass() == Thread.class ? task(thread) : null;
        ClassLoader loader = (task == null ? thread : task).getClass().getClassLoader();
        return loader == null ? null : loader.getClass().getName();
    }

    static @Nullable Runnable task(Thread thread) {
        return THREADS == null ? null : THREADS.task(thread);
    }
}
