package io.corral.weaver;

import io.corral.runtime.Corral;
import io.corral.runtime.handover.ItemRules;
import io.corral.runtime.hook.FirstVirtualThread;
import io.corral.runtime.hook.NameHook;
import io.corral.runtime.jdk.TestedJdks;
import io.corral.runtime.notice.Log;
import io.corral.weaver.common.LoadedClasses;
import io.corral.weaver.items.ItemDispatcher;
import io.corral.weaver.items.ItemTransformer;
import io.corral.weaver.tasks.TaskClassWeaver;
import io.corral.weaver.threads.SetNameTransformer;
import io.corral.weaver.threads.ThreadTransformer;
import io.corral.weaver.threads.VirtualThreadRetransformation;
import io.corral.weaver.threads.WeavePoint.Target;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the running JVM, and keeps it woven when other agents transform the same classes. A class
 * is woven at all its points or not at all. The hooks do nothing until all points of {@code Thread}
 * are found.
 */
public final class AgentTransformer implements ClassFileTransformer {

    /** The class that the JDK's flight recorder loads first when a recording starts. */
    private static final String RECORDER = "jdk/jfr/internal/PlatformRecorder";

    private static final String MANAGEMENT_FACTORY =
            ManagementFactoryVisitor.FACTORY.replace('/', '.');

    private final Instrumentation instrumentation;

    /** {@code ManagementFactory} if it was loaded before the transformer was added. */
    private @Nullable Class<?> managementFactory;

    /** Null if hand-over is off. */
    private final @Nullable TaskClassWeaver tasks;

    private final ItemTransformer items;
    private final ThreadTransformer thread = new ThreadTransformer(Target.THREAD, Thread.class);

    /** Null if the JDK has no virtual threads. */
    private final @Nullable ThreadTransformer virtualThread;

    /** @param handsOver whether hand-over is on */
    public AgentTransformer(
            Instrumentation instrumentation, boolean handsOver, ItemDispatcher itemDispatcher) {
        this.instrumentation = instrumentation;
        this.tasks = handsOver ? new TaskClassWeaver(instrumentation) : null;
        this.items = new ItemTransformer(instrumentation, itemDispatcher);
        Class<?> loaded = virtualThreadClass();
        virtualThread =
                loaded == null ? null : new ThreadTransformer(Target.VIRTUAL_THREAD, loaded);
    }

    /**
     * Does not initialize the class, since that would create the scheduler before the application
     * configures it.
     */
    public static @Nullable Class<?> virtualThreadClass() {
        try {
            return Class.forName("java.lang.VirtualThread", false, null);
        } catch (ClassNotFoundException olderThan21) {
            return null;
        }
    }

    /**
     * Weaves {@code Thread}, and those classes by which tasks are handed over that are loaded
     * already. {@code VirtualThread} is woven when the first virtual thread is made; on a JDK that
     * is newer than the tested ones, its points are looked for before anything is woven.
     *
     * @return which points are missing, with nothing woven; null if it is woven
     */
    public @Nullable String weave() {
        Class<?> loadedLater = TestedJdks.isNewerRunning() ? virtualThreadClass() : null;
        String missing = loadedLater == null ? null : missingIn(loadedLater);
        if (missing != null) {
            return missing;
        }
        if (tasks != null) {
            ItemRules.weaveBy(items);
        }
        NameHook.weaveBy(new SetNameTransformer(instrumentation));
        instrumentation.addTransformer(this, true);
        String fault = thread.weave(instrumentation);
        if (fault != null) {
            unweave();
        } else {
            Class<?>[] loaded = LoadedClasses.of(instrumentation);
            managementFactory = managementFactoryIn(loaded);
            if (tasks != null) {
                tasks.weaveUnseen(loaded);
            }
        }
        return fault;
    }

    private static @Nullable String missingIn(Class<?> virtualThread) {
        try {
            byte[] classFile = JdkMembers.classFile(virtualThread.getName().replace('.', '/'));
            return classFile == null
                    ? "the class file of VirtualThread can't be read"
                    : ThreadTransformer.missing(classFile, Target.VIRTUAL_THREAD);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static @Nullable Class<?> managementFactoryIn(Class<?>[] loaded) {
        for (Class<?> each : loaded) {
            if (each.getClassLoader() == null && each.getName().equals(MANAGEMENT_FACTORY)) {
                return each;
            }
        }
        return null;
    }

    /** Called once the hooks are active. Throws nothing, since the agent is active by now. */
    public void awaitVirtualThreads() {
        try {
            if (virtualThread != null && !virtualThread.isWoven()) {
                FirstVirtualThread.weaveBy(
                        new VirtualThreadRetransformation(instrumentation, virtualThread, tasks));
            }
        } catch (Throwable failure) {
            Log.error("virtual threads are not accounted: " + failure);
        }
    }

    /**
     * Weaves the factory of the platform's MBean server if it was loaded before this agent. Throws
     * nothing, since the agent is active by now.
     *
     * @return whether it was loaded, so that the server may exist
     */
    public boolean weaveLoadedManagement() {
        Class<?> factory = managementFactory;
        if (factory != null) {
            try {
                instrumentation.retransformClasses(factory);
            } catch (Throwable refused) {
                Log.error("no MBeans if the platform's MBean server is made later: " + refused);
            }
        }
        return factory != null;
    }

    /** Called once the hooks are active, after a late attach. */
    public void weaveLoadedItems() {
        if (tasks != null) {
            items.weaveLoaded(Set.of());
        }
    }

    public void unweave() {
        instrumentation.removeTransformer(this);
        thread.unweave(instrumentation);
        if (tasks != null) {
            tasks.unweave();
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        if (className == null) {
            return null;
        }
        if (loader != null) {
            return tasks != null ? items.weave(className, classFile) : null;
        }
        if (className.equals(RECORDER)) {
            Corral.recorderStarts();
            return null;
        }
        if (className.equals(ManagementFactoryVisitor.FACTORY)) {
            return ManagementFactoryVisitor.weave(classFile);
        }
        if (className.equals(Target.THREAD.internalName())) {
            return thread.weave(classFile);
        }
        if (virtualThread != null && className.equals(Target.VIRTUAL_THREAD.internalName())) {
            return virtualThread.weave(classFile);
        }
        return tasks == null
                ? null
                : tasks.weave(className, classFile, classBeingRedefined != null);
    }
}
