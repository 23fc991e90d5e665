package io.corral.integration.loaders;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;

/**
 * Another agent, whose transformer blocks each thread that retransforms {@code ClassLoader}. A
 * manifest names it.
 */
public final class BlockingAgent {

    static final CountDownLatch LET_GO = new CountDownLatch(1);

    private BlockingAgent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String className,
                            Class<?> classBeingRedefined,
                            ProtectionDomain protectionDomain,
                            byte[] classFile) {
                        if (classBeingRedefined == ClassLoader.class) {
                            awaitUninterruptibly();
                        }
                        return null;
                    }
                },
                true);
    }

    private static void awaitUninterruptibly() {
        try {
            LET_GO.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
