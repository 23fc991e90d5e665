package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

class WithoutHooksTest {

    private static final String NAME = "io/corral/benchmarks/Some";

    @Test
    void methodsDoWhatTheyDidAndWhatWasAddedRemains() throws Exception {
        byte[] original = someClass("own").withMethod("getAsInt", 1).bytes();
        byte[] woven = someClass("own", "added")
                .withMethod("getAsInt", 2)
                .withMethod("added", 3)
                .bytes();
        IntSupplier some = (IntSupplier) made(WithoutHooks.of(original, woven));
        assertThat(((IntSupplier) made(woven)).getAsInt()).isEqualTo(2);
        assertThat(some.getAsInt()).isEqualTo(1);
        assertThat(some.getClass().getMethod("added").invoke(some)).isEqualTo(3);
        assertThat(some.getClass().getFields()).hasSize(2);
    }

    @Test
    void whatHasLostAFieldIsRefused() {
        byte[] original = someClass("lost").withMethod("getAsInt", 1).bytes();
        byte[] woven = someClass("added").withMethod("getAsInt", 2).bytes();
        assertThatIllegalStateException()
                .isThrownBy(() -> WithoutHooks.of(original, woven))
                .withMessage(NAME + " has lost a field");
    }

    private static SomeClass someClass(String... fields) {
        return new SomeClass(fields);
    }

    private static final class SomeClass {

        private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

        SomeClass(String... fields) {
            String[] interfaces = {"java/util/function/IntSupplier"};
            writer.visit(V17, ACC_PUBLIC, NAME, null, "java/lang/Object", interfaces);
            for (String field : fields) {
                writer.visitField(ACC_PUBLIC, field, "I", null, null).visitEnd();
            }
            MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
            constructor.visitCode();
            constructor.visitVarInsn(ALOAD, 0);
            constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            constructor.visitInsn(RETURN);
            constructor.visitMaxs(0, 0);
            constructor.visitEnd();
        }

        SomeClass withMethod(String name, int answer) {
            MethodVisitor method = writer.visitMethod(ACC_PUBLIC, name, "()I", null, null);
            method.visitCode();
            method.visitIntInsn(BIPUSH, answer);
            method.visitInsn(IRETURN);
            method.visitMaxs(0, 0);
            method.visitEnd();
            return this;
        }

        byte[] bytes() {
            writer.visitEnd();
            return writer.toByteArray();
        }
    }

    private static Object made(byte[] classFile) throws ReflectiveOperationException {
        return new ClassLoader(WithoutHooksTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(NAME.replace('/', '.'), classFile, 0, classFile.length);
            }
        }.define().getConstructor().newInstance();
    }
}
