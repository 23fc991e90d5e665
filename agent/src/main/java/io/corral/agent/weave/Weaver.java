package io.corral.agent.weave;

import io.corral.agent.weave.WeavePoint.Target;
import io.corral.runtime.Corral;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the running JVM, and keeps it woven when other agents transform the same classes. The hooks
 * are inert until all points have been found, so that there is never half an agent.
 */
public final class Weaver implements ClassFileTransformer {

    /** The JDK's flight recorder starts with this class: the sign that events are wanted. */
    private static final String RECORDER = "jdk/jfr/internal/PlatformRecorder";

    private final Instrumentation instrumentation;
    private final boolean handsOver;
    private final List<Class<?>> targets = new ArrayList<>();

    /** Written and read by the thread that weaves, in whose call {@link #transform} runs. */
    private final Set<WeavePoint> found = EnumSet.noneOf(WeavePoint.class);

    private volatile @Nullable Throwable failure;

    /** @param handsOver whether tasks take their submitter's place along */
    public Weaver(Instrumentation instrumentation, boolean handsOver) {
        this.instrumentation = instrumentation;
        this.handsOver = handsOver;
        Class<?> virtualThread = virtualThreadClass();
        if (virtualThread != null) {
            targets.add(virtualThread);
        }
        targets.add(Thread.class);
    }

    /** Loaded, not initialized: that would fix the scheduler before the application configures it. */
    public static @Nullable Class<?> virtualThreadClass() {
        try {
            return Class.forName("java.lang.VirtualThread", false, null);
        } catch (ClassNotFoundException olderThan21) {
            return null;
        }
    }

    /**
     * Weaves all points.
     *
     * @return what is missing, with nothing woven; null if all is well
     */
    public @Nullable String weave() {
        instrumentation.addTransformer(this, true);
        try {
            instrumentation.retransformClasses(targets.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | LinkageError | RuntimeException refused) {
            failure = refused;
        }
        String fault = fault();
        if (fault != null) {
            unweave();
        }
        return fault;
    }

    /** Before the hooks are switched on: what is in the way of tasks costs nothing until a place can be taken along. */
    public void handOver() {
        if (handsOver) {
            Corral.handOverBy(new StaticKey(instrumentation));
        }
    }

    private @Nullable String fault() {
        String running = " on Java " + System.getProperty("java.version");
        if (failure != null) {
            return "weaving failed" + running + ": " + failure;
        }
        for (WeavePoint point : WeavePoint.values()) {
            if (isNeeded(point) && !found.contains(point)) {
                return point.shape() + " not found" + running
                        + "; 17 to 25 are supported, of 21 from 21.0.3 on";
            }
        }
        return null;
    }

    private boolean isNeeded(WeavePoint point) {
        return point.target() == Target.THREAD || targets.size() > 1;
    }

    public void unweave() {
        instrumentation.removeTransformer(this);
        try {
            instrumentation.retransformClasses(targets.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | LinkageError | RuntimeException stillWoven) {
            // The hooks stay woven and inert: they were never switched on.
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        if (loader != null || className == null) {
            return null;
        }
        if (className.equals(RECORDER)) {
            Corral.recorderStarts();
            return null;
        }
        if (className.equals(KeyClass.NAME)) {
            // Another agent has it transformed, from what it was before or while it is enabled.
            return handsOver && Corral.isHandOverEnabled() ? KeyClass.classFile(true) : null;
        }
        for (Target target : Target.values()) {
            if (className.equals(target.internalName())) {
                return weave(target, classFile);
            }
        }
        TaskClass tasks = handsOver ? TaskClass.of(className) : null;
        return tasks == null || isPlain(tasks, classBeingRedefined)
                ? null
                : TaskWeaving.weave(tasks, classFile);
    }

    /**
     * The simple names, sorted, of what tasks are handed to and of what they are, where that was loaded before the weaver
     * came, so that it is to do without.
     */
    public Set<String> loadedTaskClasses() {
        Set<String> names = new TreeSet<>();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            TaskClass tasks = loaded.getClassLoader() == null
                    ? TaskClass.of(loaded.getName().replace('.', '/'))
                    : null;
            if (tasks != null && !tasks.isShortcut() && isPlain(tasks, loaded)) {
                names.add(loaded.getSimpleName());
            }
        }
        return names;
    }

    /** Whether a class was loaded before it could be woven: it can't get a field any more. */
    private static boolean isPlain(TaskClass tasks, @Nullable Class<?> loaded) {
        if (loaded == null || tasks.added() == null) {
            return false;
        }
        for (Class<?> implemented : loaded.getInterfaces()) {
            if (implemented.getName().replace('.', '/').equals(tasks.added())) {
                return false;
            }
        }
        return true;
    }

    private byte @Nullable [] weave(Target target, byte[] classFile) {
        try {
            return ThreadWeaving.weave(classFile, target, found);
        } catch (RuntimeException | LinkageError unexpected) {
            failure = unexpected;
            return null;
        }
    }
}
