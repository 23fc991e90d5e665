package io.corral.packager;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.V17;

import io.corral.rules.file.DefaultRulesCompiler;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * Compiles the default rules into the runtime: a class with their text replaces the class of the
 * same name, which is for the case without the agent.
 */
final class DefaultRulesClass {

    private static final String NAME = "io/corral/runtime/placement/CompiledRules";

    private DefaultRulesClass() {}

    static void putInto(ClassFiles runtime) {
        String compiled = DefaultRulesCompiler.compile(DefaultRulesCompiler.source());
        runtime.add(NAME, classWith(compiled));
    }

    private static byte[] classWith(String text) {
        ClassWriter written = new ClassWriter(0);
        written.visit(V17, ACC_FINAL, NAME, null, "java/lang/Object", null);
        MethodVisitor method =
                written.visitMethod(ACC_STATIC, "text", "()Ljava/lang/String;", null, null);
        method.visitCode();
        method.visitLdcInsn(text);
        method.visitInsn(ARETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        written.visitEnd();
        return written.toByteArray();
    }
}
