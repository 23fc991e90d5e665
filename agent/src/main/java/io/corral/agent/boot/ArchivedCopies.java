package io.corral.agent.boot;

import io.corral.agent.weave.FindLoadedClass;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/**
 * An application that has the API on its class path has it in its class archive as well. The JVM takes
 * archived classes before the class loader asks its parents, so the application would link to that copy
 * and not to the boot loader's. Where that is so, and only there, {@code ClassLoader.findLoadedClass} is
 * woven to answer with the boot loader's. A copy on the module path comes before the boot loader's in
 * the same way; whoever reads that module must read the boot loader's, too.
 */
final class ArchivedCopies {

    /**
     * Loaded, and so archived, whenever the API is used, and linked to by nothing outside the boot
     * loader: to have asked for it does no harm.
     */
    private static final String SAMPLE = "io.corral.runtime.notice.CorralThread";

    private ArchivedCopies() {}

    static void hide(Instrumentation instrumentation, BootAccess access)
            throws ClassNotFoundException, UnmodifiableClassException {
        ClassLoader applications = ClassLoader.getSystemClassLoader();
        Class<?> copy = Class.forName(SAMPLE, false, applications);
        if (copy.getClassLoader() != null) {
            instrumentation.addTransformer(new FindLoadedClass(), true);
            instrumentation.retransformClasses(ClassLoader.class);
            Module module = copy.getModule();
            if (module.isNamed()) {
                JdkAccess.readWhereRead(access, module);
            }
        }
    }
}
