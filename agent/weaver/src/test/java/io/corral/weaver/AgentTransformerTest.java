package io.corral.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.corral.weaver.threads.WeavePoint;
import io.corral.weaver.threads.WeavePoint.Target;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** JDKs whose classes lack a method or a field. */
class AgentTransformerTest {

    private static final String THREAD = Target.THREAD.internalName();
    private static final String VIRTUAL = Target.VIRTUAL_THREAD.internalName();

    @Test
    void afterDoneIsMissingInAnEarlyUpdateOf21() {
        JdkImage.all().filter(jdk -> jdk.has(Target.VIRTUAL_THREAD)).forEach(jdk -> {
            byte[] variant = rename(
                    jdk.classFile(Target.VIRTUAL_THREAD),
                    VIRTUAL + ".afterDone(Z)V",
                    "afterTerminate");
            assertThat(WovenClass.of(Target.VIRTUAL_THREAD, variant).found())
                    .doesNotContain(WeavePoint.VIRTUAL_DONE);
        });
    }

    @Test
    void faultNamesTheMethodTheJvmAndWhatIsSupported() {
        Jvm jvm = new Jvm(classFile -> rename(classFile, THREAD + ".exit()V"));
        assertThat(new AgentTransformer(jvm.instrumentation(), false, () -> {}).weave())
                .isEqualTo("Thread.exit() not found on Java " + System.getProperty("java.version")
                        + "; 17 to 25 are supported, of 21 from 21.0.3 on");
    }

    @Test
    void exceptionOfTheWeavingIsNamed() {
        Jvm jvm = new Jvm(classFile -> new byte[] {1, 2, 3});
        assertThat(new AgentTransformer(jvm.instrumentation(), false, () -> {}).weave())
                .startsWith("weaving failed on Java " + System.getProperty("java.version") + ": ");
    }

    @Test
    void nothingStaysWovenAfterAFault() {
        Jvm jvm = new Jvm(classFile -> rename(classFile, THREAD + ".exit()V"));
        new AgentTransformer(jvm.instrumentation(), false, () -> {}).weave();
        assertThat(jvm.transformers).isEmpty();
        assertThat(jvm.retransformed).isEqualTo(2);
    }

    @Test
    void classesWithAllPointsHaveNoFault() {
        Jvm jvm = new Jvm(classFile -> classFile);
        assertThat(new AgentTransformer(jvm.instrumentation(), false, () -> {}).weave())
                .isNull();
        assertThat(jvm.transformers).hasSize(1);
    }

    @Test
    void callIsNotGuardedWhereTheStackHoldsMoreThanThis() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, 0, THREAD, null, "java/lang/Object", null);
        writer.visitField(0, "container", "I", null, null).visitEnd();
        MethodVisitor exit = writer.visitMethod(0, "exit", "()V", null, null);
        exit.visitCode();
        exit.visitInsn(Opcodes.ICONST_0);
        exit.visitVarInsn(Opcodes.ALOAD, 0);
        exit.visitMethodInsn(Opcodes.INVOKEVIRTUAL, THREAD, "threadContainer", "()I", false);
        exit.visitInsn(Opcodes.POP2);
        exit.visitInsn(Opcodes.RETURN);
        exit.visitMaxs(0, 0);
        exit.visitEnd();
        assertThatThrownBy(() -> WovenClass.of(Target.THREAD, writer.toByteArray()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("can't guard a call where the stack holds ");
    }

    private static byte[] rename(byte[] classFile, String name) {
        return rename(classFile, name, "somethingElse");
    }

    private static byte[] rename(byte[] classFile, String name, String to) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassRemapper(
                                writer, new SimpleRemapper(Opcodes.ASM9, Map.of(name, to))),
                        0);
        return writer.toByteArray();
    }

    /** Retransforms variants of the running JDK's classes, as the JVM does. */
    private static final class Jvm {

        final List<ClassFileTransformer> transformers = new ArrayList<>();
        int retransformed;
        private final Variant variant;

        Jvm(Variant variant) {
            this.variant = variant;
        }

        interface Variant {
            byte[] of(byte[] classFile);
        }

        Instrumentation instrumentation() {
            return (Instrumentation) Proxy.newProxyInstance(
                    Jvm.class.getClassLoader(),
                    new Class<?>[] {Instrumentation.class},
                    (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "addTransformer" ->
                                transformers.add((ClassFileTransformer) arguments[0]);
                            case "removeTransformer" -> {
                                return transformers.remove(arguments[0]);
                            }
                            case "getAllLoadedClasses" -> {
                                return new Class<?>[] {Thread.class};
                            }
                            default -> retransform((Class<?>[]) arguments[0]);
                        }
                        return null;
                    });
        }

        private void retransform(Class<?>[] classes) throws Exception {
            retransformed++;
            for (Class<?> each : classes) {
                String name = each.getName().replace('.', '/');
                byte[] original =
                        Object.class.getResourceAsStream("/" + name + ".class").readAllBytes();
                for (ClassFileTransformer transformer :
                        Arrays.asList(transformers.toArray(new ClassFileTransformer[0]))) {
                    transformer.transform(null, name, each, null, variant.of(original));
                }
            }
        }
    }
}
