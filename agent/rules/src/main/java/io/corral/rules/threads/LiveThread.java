package io.corral.rules.threads;

import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.jdk.ThreadAccess;
import io.corral.runtime.placement.DefaultPlace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A live thread that is about to start or to be adopted. */
final class LiveThread implements ThreadFacts {

    private final Thread thread;
    private final boolean virtual;
    private final DefaultPlace place;

    LiveThread(DefaultPlace place) {
        this.thread = place.thread();
        this.virtual = place.isVirtual();
        this.place = place;
    }

    @Override
    public String name() {
        return thread.getName();
    }

    @Override
    public boolean isVirtual() {
        return virtual;
    }

    @Override
    public String type() {
        return thread.getClass().getName();
    }

    @Override
    public @Nullable String task() {
        ThreadAccess threads = Jdk.THREADS;
        Runnable task = virtual || threads == null ? null : threads.task(thread);
        return task == null ? null : task.getClass().getName();
    }

    @Override
    public @Nullable String group() {
        ThreadGroup group = thread.getThreadGroup();
        return group == null ? null : group.getName();
    }

    @Override
    public @Nullable String loader() {
        try {
            ClassLoader loader = thread.getContextClassLoader();
            if (loader == null) {
                return null;
            }
            String name = loader.getName();
            return name == null ? loader.getClass().getName() : name;
        } catch (RuntimeException overridden) {
            // The application can override getContextClassLoader and getName.
            return null;
        }
    }

    @Override
    public List<String> types() {
        List<String> types = new ArrayList<>();
        for (Class<?> type = thread.getClass(); type != null; type = type.getSuperclass()) {
            types.add(type.getName());
        }
        return types;
    }

    @Override
    public @Nullable String origin() {
        return virtual ? null : place.origin();
    }

    @Override
    public String starter() {
        return place.starter().path();
    }

    @Override
    public boolean isStarterChosen() {
        return place.isStarterChosen();
    }

    @Override
    public String virtualPlace() {
        return place.starter().virtualPlace().path();
    }

    @Override
    public boolean isPoolWorker() {
        return place.isPoolWorker();
    }
}
