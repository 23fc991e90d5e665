package io.corral.agent.pack;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Class file of the way from the application's methods to the hook. It is in {@code java.lang}: every class loader and every
 * module finds that, also those that hand on nothing else to the boot loader.
 */
final class EntryDispatcher {

    static final String NAME = "java/lang/CorralEntry";
    static final String HOOK = "io/corral/runtime/hook/EntryHook";

    private static final String ENTER =
            "(ILjava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";
    private static final String EXIT = "(Ljava/lang/Object;)V";

    private EntryDispatcher() {}

    static byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, NAME, null, "java/lang/Object", null);
        MethodVisitor enter = begin(writer, "enter", ENTER);
        enter.visitVarInsn(ILOAD, 0);
        enter.visitVarInsn(ALOAD, 1);
        enter.visitVarInsn(ALOAD, 2);
        enter.visitMethodInsn(INVOKESTATIC, HOOK, "enter", ENTER, false);
        Generated.end(enter, ARETURN);
        MethodVisitor exit = begin(writer, "exit", EXIT);
        exit.visitVarInsn(ALOAD, 0);
        exit.visitMethodInsn(INVOKESTATIC, HOOK, "exit", EXIT, false);
        Generated.end(exit, RETURN);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static MethodVisitor begin(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method =
                writer.visitMethod(ACC_PUBLIC | ACC_STATIC, name, descriptor, null, null);
        method.visitCode();
        return method;
    }
}
