package io.corral.agent.weave;

import io.corral.agent.weave.WeavePoint.Target;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the JDK's classes of threads, woven whole or not at all. */
final class ThreadClass {

    private final Target target;
    private final Class<?> loaded;

    /** Whether the JVM has taken what was woven. */
    private volatile boolean isWoven;

    /** Whether the transformer has found all points, when it was asked last. */
    private volatile boolean isWhole;

    private volatile @Nullable String fault;

    ThreadClass(Target target, Class<?> loaded) {
        this.target = target;
        this.loaded = loaded;
    }

    boolean isWoven() {
        return isWoven;
    }

    /** What was missing, or why the JVM refused, the last time. */
    @Nullable String fault() {
        return fault;
    }

    /**
     * Has the JVM ask the transformer about it, which answers with {@link #weave(byte[])}. Not
     * within a transformer of ours: the JVM would not ask.
     *
     * @return what is missing, or why the JVM refuses, with nothing woven; null if all is well
     */
    @Nullable String weave(Instrumentation instrumentation) {
        isWhole = false;
        fault = null;
        try {
            instrumentation.retransformClasses(loaded);
            isWoven = isWhole;
            if (!isWhole && fault == null && !LoadedClasses.areGone(instrumentation)) {
                fault = failed(new IllegalStateException("the JVM did not ask for it"));
            }
        } catch (UnmodifiableClassException | LinkageError | RuntimeException refused) {
            fault = failed(refused);
        }
        return fault;
    }

    /** Once the transformer is taken away. */
    void unweave(Instrumentation instrumentation) {
        try {
            instrumentation.retransformClasses(loaded);
        } catch (UnmodifiableClassException | LinkageError | RuntimeException stillWoven) {
            // The hooks stay woven and inert: they were never switched on.
        }
    }

    /** @return null for as it is: a point is missing, which is remembered */
    byte @Nullable [] weave(byte[] classFile) {
        try {
            Set<WeavePoint> found = EnumSet.noneOf(WeavePoint.class);
            byte[] woven = ThreadWeaving.weave(classFile, target, found);
            String missing = missing(found);
            isWhole = missing == null;
            if (missing != null && !isWoven) {
                fault = missing;
                return null;
            }
            // Another agent may have changed what is woven: what is there is better than nothing.
            return woven;
        } catch (RuntimeException | LinkageError unexpected) {
            fault = failed(unexpected);
            return null;
        }
    }

    private @Nullable String missing(Set<WeavePoint> found) {
        for (WeavePoint point : WeavePoint.values()) {
            if (point.target() == target && !found.contains(point)) {
                return point.shape() + " not found" + running()
                        + "; 17 to 25 are supported, of 21 from 21.0.3 on";
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
