package io.corral.weaver.threads;

import io.corral.runtime.accounting.QueuedTime;
import io.corral.runtime.jdk.TestedJdks;
import io.corral.weaver.common.LoadedClasses;
import io.corral.weaver.threads.WeavePoint.Target;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** One of the JDK's classes of threads, which is woven at all points or not at all. */
public final class ThreadTransformer {

    private final Target target;
    private final Class<?> loaded;

    /** Whether the JVM uses the woven class file. */
    private volatile boolean isWoven;

    /** Whether the transformer found all points the last time. */
    private volatile boolean isComplete;

    private volatile @Nullable String fault;

    public ThreadTransformer(Target target, Class<?> loaded) {
        this.target = target;
        this.loaded = loaded;
    }

    public boolean isWoven() {
        return isWoven;
    }

    /** The missing point of the last attempt, or the JVM's reason for refusing it. */
    @Nullable String fault() {
        return fault;
    }

    /**
     * Retransforms the class; the transformer calls {@link #weave(byte[])}. Do not call it within
     * one of Corral's transformers, since the JVM would not call the transformer again.
     *
     * @return what is missing, or why the JVM refuses, with nothing woven; null if all is well
     */
    public @Nullable String weave(Instrumentation instrumentation) {
        isComplete = false;
        fault = null;
        try {
            instrumentation.retransformClasses(loaded);
            isWoven = isComplete;
            if (!isComplete && fault == null && !LoadedClasses.isJvmEnding(instrumentation)) {
                fault = failed(new IllegalStateException("the JVM did not ask for it"));
            }
        } catch (UnmodifiableClassException | LinkageError | RuntimeException refused) {
            fault = failed(refused);
        }
        return fault;
    }

    /** Called once the transformer is removed. */
    public void unweave(Instrumentation instrumentation) {
        try {
            instrumentation.retransformClasses(loaded);
        } catch (UnmodifiableClassException | LinkageError | RuntimeException stillWoven) {
            // The hooks stay woven and do nothing, since they were never switched on.
        }
    }

    /** @return null to keep the class as it is if a point is missing, which is recorded */
    public byte @Nullable [] weave(byte[] classFile) {
        try {
            Set<WeavePoint> found = EnumSet.noneOf(WeavePoint.class);
            byte[] woven = woven(classFile, target, QueuedTime.isMeasured(), found);
            String missing = missing(target, QueuedTime.isMeasured(), found);
            isComplete = missing == null;
            if (missing != null && !isWoven) {
                fault = missing;
                return null;
            }
            // Another agent may have changed the woven class. Then the remaining hooks are kept.
            return woven;
        } catch (RuntimeException | LinkageError unexpected) {
            fault = failed(unexpected);
            return null;
        }
    }

    public static byte[] woven(
            byte[] classFile, Target target, boolean withSubmissions, Set<WeavePoint> found) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                target == Target.THREAD
                        ? new ThreadClassVisitor(writer, found)
                        : new VirtualThreadClassVisitor(writer, withSubmissions, found),
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** Looks for all points of a class without weaving it: the first missing one, as a line. */
    public static @Nullable String missing(byte[] classFile, Target target) {
        try {
            Set<WeavePoint> found = EnumSet.noneOf(WeavePoint.class);
            woven(classFile, target, true, found);
            return missing(target, true, found);
        } catch (RuntimeException | LinkageError unexpected) {
            return failed(unexpected);
        }
    }

    private static @Nullable String missing(
            Target target, boolean withSubmissions, Set<WeavePoint> found) {
        for (WeavePoint point : WeavePoint.values()) {
            boolean isWanted = point != WeavePoint.VIRTUAL_SUBMISSION || withSubmissions;
            if (point.target() == target && isWanted && !found.contains(point)) {
                return point.shape() + " not found" + running() + TestedJdks.SUPPORTED;
            }
        }
        return null;
    }

    private static String failed(Throwable failure) {
        return "weaving failed" + running() + ": " + failure;
    }

    private static String running() {
        return " on Java " + System.getProperty("java.version");
    }
}
