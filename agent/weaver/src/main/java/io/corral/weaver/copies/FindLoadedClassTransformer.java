package io.corral.weaver.copies;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Makes {@code ClassLoader.findLoadedClass} return the boot loader's class for Corral's names. */
public final class FindLoadedClassTransformer implements ClassFileTransformer {

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        return loader == null && ClassLoaderVisitor.CLASS_LOADER.equals(className)
                ? ClassLoaderVisitor.visit(classFile, "findLoadedClass").woven()
                : null;
    }
}
