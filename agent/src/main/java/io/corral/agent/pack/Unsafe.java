package io.corral.agent.pack;

import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;

import org.objectweb.asm.MethodVisitor;

/** Calls of the JDK's own {@code Unsafe}, in generated classes. */
final class Unsafe {

    static final String NAME = "jdk/internal/misc/Unsafe";

    private Unsafe() {}

    static void push(MethodVisitor method) {
        method.visitMethodInsn(INVOKESTATIC, NAME, "getUnsafe", "()L" + NAME + ";", false);
    }

    static void defineClass(MethodVisitor method) {
        method.visitMethodInsn(
                INVOKEVIRTUAL,
                NAME,
                "defineClass",
                "(Ljava/lang/String;[BIILjava/lang/ClassLoader;Ljava/security/ProtectionDomain;)"
                        + "Ljava/lang/Class;",
                false);
    }

    static void allocateInstance(MethodVisitor method) {
        method.visitMethodInsn(
                INVOKEVIRTUAL,
                NAME,
                "allocateInstance",
                "(Ljava/lang/Class;)Ljava/lang/Object;",
                false);
    }
}
