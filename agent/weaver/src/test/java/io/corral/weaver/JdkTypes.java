package io.corral.weaver;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.analysis.SimpleVerifier;

/** Verifies against the classes of another JDK than the one that runs. */
public final class JdkTypes extends SimpleVerifier {

    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private final JdkImage jdk;

    public JdkTypes(JdkImage jdk, Type verified) {
        super(ASM9, verified, null, null, false);
        this.jdk = jdk;
    }

    @Override
    protected boolean isInterface(Type type) {
        return type.getSort() == Type.OBJECT
                && (read(type).getAccess() & Opcodes.ACC_INTERFACE) != 0;
    }

    @Override
    protected Type getSuperClass(Type type) {
        if (type.getSort() == Type.ARRAY) {
            return OBJECT;
        }
        String superName = read(type).getSuperName();
        return superName == null ? null : Type.getObjectType(superName);
    }

    @Override
    protected boolean isAssignableFrom(Type to, Type from) {
        if (to.equals(from) || to.equals(OBJECT)) {
            return true;
        }
        if (to.getSort() == Type.ARRAY || from.getSort() == Type.ARRAY) {
            return to.getSort() == from.getSort()
                    && to.getDimensions() == from.getDimensions()
                    && isAssignableFrom(to.getElementType(), from.getElementType());
        }
        if (isInterface(to)) {
            // Like the JVM, which checks interfaces only when they are called.
            return true;
        }
        Type above = getSuperClass(from);
        return above != null && isAssignableFrom(to, above);
    }

    /** The runtime's classes come from the running JVM. */
    private ClassReader read(Type type) {
        String name = type.getInternalName();
        if (!name.startsWith("io/corral/")) {
            return new ClassReader(jdk.classFile(name));
        }
        try {
            return new ClassReader(name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
