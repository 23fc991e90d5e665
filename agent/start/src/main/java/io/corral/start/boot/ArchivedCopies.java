package io.corral.start.boot;

import io.corral.weaver.copies.FindLoadedClassTransformer;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/**
 * Hides copies of the API in an application's class archive. The JVM takes archived classes before
 * the class loader asks its parents, so the application would link to the archived copy and not to
 * the boot loader's. If there is such a copy, {@code ClassLoader.findLoadedClass} is woven to
 * return the boot loader's class. A copy on the module path takes precedence in the same way.
 * Modules that read it then have to read the boot loader's module too.
 */
final class ArchivedCopies {

    /**
     * A class that is loaded, and so archived, whenever the API is used. To look it up has no
     * effect, since no class outside the boot loader links to it.
     */
    private static final String SAMPLE = "io.corral.runtime.container.Trees";

    private ArchivedCopies() {}

    static void hide(Instrumentation instrumentation, BootAccess access)
            throws ClassNotFoundException, UnmodifiableClassException {
        ClassLoader applications = ClassLoader.getSystemClassLoader();
        Class<?> copy = Class.forName(SAMPLE, false, applications);
        if (copy.getClassLoader() != null) {
            instrumentation.addTransformer(new FindLoadedClassTransformer(), true);
            instrumentation.retransformClasses(ClassLoader.class);
            Module module = copy.getModule();
            if (module.isNamed()) {
                JdkAccess.readWhereRead(access, module);
            }
        }
    }
}
