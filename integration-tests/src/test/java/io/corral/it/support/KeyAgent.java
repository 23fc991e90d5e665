package io.corral.it.support;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;

/** Another agent, which has to do with the class of Corral's static key. Named in a manifest. */
public final class KeyAgent implements ClassFileTransformer {

    public static final String KEY = "io.corral.runtime.handover.HandOverKey";

    /** What is done to the class. */
    public enum Deed {
        /** It gets the bytes it has, as new ones, when it is defined. */
        COPY,
        /** It can't be redefined. */
        DAMAGE
    }

    private static volatile Instrumentation jvm;
    private static final AtomicInteger REDEFINITIONS = new AtomicInteger();

    private final Deed deed;

    private KeyAgent(Deed deed) {
        this.deed = deed;
    }

    public static void premain(String deed, Instrumentation instrumentation) {
        jvm = instrumentation;
        instrumentation.addTransformer(new KeyAgent(Deed.valueOf(deed)), true);
    }

    public static int redefinitions() {
        return REDEFINITIONS.get();
    }

    public static void retransform() throws ClassNotFoundException, UnmodifiableClassException {
        jvm.retransformClasses(Class.forName(KEY, false, null));
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String className,
            Class<?> classBeingRedefined,
            ProtectionDomain protectionDomain,
            byte[] classFile) {
        if (!KEY.replace('.', '/').equals(className)) {
            return null;
        }
        if (classBeingRedefined != null) {
            REDEFINITIONS.incrementAndGet();
            return deed == Deed.DAMAGE ? new byte[] {1, 2, 3} : null;
        }
        return deed == Deed.COPY ? classFile.clone() : null;
    }
}
