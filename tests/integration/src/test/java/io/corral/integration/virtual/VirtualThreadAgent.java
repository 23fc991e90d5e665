package io.corral.integration.virtual;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Another agent, which transforms the class of virtual threads. A manifest names it. */
public final class VirtualThreadAgent implements ClassFileTransformer {

    /** What the transformer does when the class is transformed. */
    enum Action {
        /** Creates and starts a virtual thread. */
        START,
        /**
         * Blocks until a virtual thread of the application has ended, but less than the time limit
         * of waiting threads.
         */
        DELAY
    }

    private static final CountDownLatch ENDED = new CountDownLatch(1);
    private static final long DELAY_MILLIS = 100;

    private final Action action;

    private VirtualThreadAgent(Action action) {
        this.action = action;
    }

    public static void premain(String action, Instrumentation instrumentation) {
        instrumentation.addTransformer(new VirtualThreadAgent(Action.valueOf(action)), true);
    }

    /** Called by the application. */
    static void virtualThreadEnded() {
        ENDED.countDown();
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String className,
            Class<?> classBeingRedefined,
            ProtectionDomain protectionDomain,
            byte[] classFile) {
        if ("java/lang/VirtualThread".equals(className)) {
            try {
                if (action == Action.START) {
                    Thread.class
                            .getMethod("startVirtualThread", Runnable.class)
                            .invoke(null, (Runnable) () -> System.out.println("asked"));
                } else {
                    ENDED.await(DELAY_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (ReflectiveOperationException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
        return null;
    }
}
