package io.corral.integration.handover;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Another agent. Its transformer loads a class of pools. While a transformer runs, the JVM calls no
 * other one, so Corral never sees that class. A manifest names this agent.
 */
public final class UnseenClassAgent implements ClassFileTransformer {

    public static void premain(String options, Instrumentation instrumentation) {
        instrumentation.addTransformer(new UnseenClassAgent());
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String className,
            Class<?> classBeingRedefined,
            ProtectionDomain protectionDomain,
            byte[] classFile) {
        if (loader != null) {
            try {
                Class.forName("java.util.concurrent.ThreadPoolExecutor$Worker");
            } catch (ClassNotFoundException failure) {
                throw new IllegalStateException(failure);
            }
        }
        return null;
    }
}
