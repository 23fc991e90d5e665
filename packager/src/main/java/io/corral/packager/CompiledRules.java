package io.corral.packager;

import io.corral.runtime.rules.DefaultRulesCompiler;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Compiles the default rules into the runtime: the text that the class of the same name has for the
 * case without the agent is replaced.
 */
final class CompiledRules {

    private static final String NAME = "io/corral/runtime/placement/CompiledRules";

    private CompiledRules() {}

    static void putInto(ClassFiles runtime) {
        String compiled = DefaultRulesCompiler.compile(DefaultRulesCompiler.source());
        runtime.add(NAME, withText(runtime.get(NAME), compiled));
    }

    private static byte[] withText(byte[] classFile, String text) {
        ClassWriter written = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, written) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    String signature,
                                    String[] exceptions) {
                                return replacing(
                                        super.visitMethod(
                                                access, name, descriptor, signature, exceptions),
                                        text);
                            }
                        },
                        0);
        return written.toByteArray();
    }

    private static MethodVisitor replacing(MethodVisitor written, String text) {
        return new MethodVisitor(Opcodes.ASM9, written) {
            @Override
            public void visitLdcInsn(Object constant) {
                super.visitLdcInsn(constant.equals("") ? text : constant);
            }
        };
    }
}
