package io.corral.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Makes {@code ClassLoader.findLoadedClass} return the boot loader's class for Corral's names. */
public final class FindLoadedClass implements ClassFileTransformer {

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        return loader == null && LoaderWeaving.CLASS_LOADER.equals(className)
                ? new LoaderWeaving("findLoadedClass").weave(classFile)
                : null;
    }
}
