package jdk.internal.access;

import java.security.ProtectionDomain;

public interface JavaLangAccess {

    Class<?> defineClass(
            ClassLoader loader,
            Class<?> lookup,
            String name,
            byte[] b,
            ProtectionDomain domain,
            boolean initialize,
            int flags,
            Object classData);

    void addReads(Module module, Module other);
}
