package io.corral.start;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the application's {@code main} begins: the main thread loads a class with the
 * application's class loader, and no agent's start does that. In this way it does not matter how
 * the JVM is told the main class: a class path, a jar, a module, a source file or a launcher of the
 * application's own.
 */
final class MainBegin implements ClassFileTransformer {

    private final Instrumentation instrumentation;
    private final Thread main;
    private final ClassLoader[] ofApplication = applicationLoaders();
    private final CountDownLatch begun = new CountDownLatch(1);

    private MainBegin(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        this.main = Thread.currentThread();
    }

    /** Called on the main thread, in the start of the agent. */
    static MainBegin watch(Instrumentation instrumentation) {
        MainBegin watch = new MainBegin(instrumentation);
        instrumentation.addTransformer(watch);
        return watch;
    }

    /** The system class loader, and what it delegates to below the platform class loader. */
    private static ClassLoader[] applicationLoaders() {
        List<ClassLoader> loaders = new ArrayList<>();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        for (ClassLoader each = ClassLoader.getSystemClassLoader();
                each != null && each != platform;
                each = each.getParent()) {
            loaders.add(each);
        }
        return loaders.toArray(new ClassLoader[0]);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (Thread.currentThread() == main
                && redefined == null
                && belongsToApplication(loader)
                && !isInStartOfAgent()) {
            end();
        }
        return null;
    }

    private boolean belongsToApplication(@Nullable ClassLoader loader) {
        for (ClassLoader each : ofApplication) {
            if (each == loader) {
                return true;
            }
        }
        return false;
    }

    /** Whether the calling thread runs the start of some agent. */
    private static boolean isInStartOfAgent() {
        AgentFrame frame = new AgentFrame();
        StackWalker.getInstance().forEach(frame);
        return frame.isFound;
    }

    /** Looks for the JDK's method that calls {@code premain}. */
    private static final class AgentFrame implements Consumer<StackWalker.StackFrame> {

        private static final String CALLER = "sun.instrument.InstrumentationImpl";
        private static final String METHOD = "loadClassAnd";

        private boolean isFound;

        @Override
        public void accept(StackWalker.StackFrame frame) {
            isFound |=
                    frame.getClassName().equals(CALLER) && frame.getMethodName().startsWith(METHOD);
        }
    }

    /** Ends the watch. Who waits goes on. */
    void end() {
        instrumentation.removeTransformer(this);
        begun.countDown();
    }

    /** Waits until {@code main} begins or the watch is ended, for a limited time. */
    void await(long seconds) throws InterruptedException {
        begun.await(seconds, TimeUnit.SECONDS);
        end();
    }
}
