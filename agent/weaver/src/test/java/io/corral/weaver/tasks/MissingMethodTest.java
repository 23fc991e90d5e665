package io.corral.weaver.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.objectweb.asm.Opcodes.ASM9;

import io.corral.runtime.notice.Log;
import io.corral.weaver.JdkImage;
import io.corral.weaver.NewerJdk;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/** JDKs, installed ones and newer ones, whose classes of tasks lack one method. */
@Isolated("reads what is logged")
class MissingMethodTest {

    static Stream<Arguments> methods() {
        return Arrays.stream(TaskClass.values()).flatMap(target -> {
            String name = target.internalName();
            return Stream.concat(
                            JdkImage.all()
                                    .filter(jdk -> jdk.has(name))
                                    .map(jdk -> arguments(jdk.toString(), jdk.classFile(name))),
                            NewerJdk.all()
                                    .filter(jdk -> jdk.classFile(name) != null)
                                    .map(jdk -> arguments(jdk.toString(), jdk.classFile(name))))
                    .flatMap(jdk -> target.needed().stream()
                            .map(method -> arguments(jdk.get()[0], target, method, jdk.get()[1])));
        });
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("methods")
    void classIsNotWovenAndTheMethodIsNamed(
            String jdk, TaskClass target, String method, byte[] classFile) {
        byte[] lacking = without(method, classFile);
        assertThat(TaskClassVisitor.missing(target, classFile)).isNull();
        assertThat(TaskClassVisitor.weave(target, lacking, false, false)).isNull();
        assertThat(TaskClassVisitor.weave(target, lacking, true, false)).isNull();
        assertThat(TaskClassVisitor.missing(target, lacking))
                .isEqualTo(
                        method.equals("<init>")
                                ? "the constructor of " + target.simpleName()
                                : target.simpleName() + "." + method + "()");
    }

    @Test
    void lineNamesTheMethod() {
        byte[] pool = JdkImage.all().findFirst().orElseThrow().classFile(TaskNames.POOL);
        List<String> lines = new ArrayList<>();
        Log.Level before = Log.level(Log.Level.OFF);
        Log.copyTo(lines);
        try {
            new TaskClassWeaver(unused()).weave(TaskNames.POOL, without("getTask", pool), false);
        } finally {
            Log.copyTo(null);
            Log.level(before);
        }
        assertThat(lines)
                .containsExactly("tasks of these classes are charged to the pool that runs them,"
                        + " not to their submitters, since the classes could not be woven:"
                        + " ThreadPoolExecutor.getTask()");
    }

    private static Instrumentation unused() {
        return (Instrumentation) Proxy.newProxyInstance(
                MissingMethodTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Gives another name to the methods of a name. The class can't be run then. */
    private static byte[] without(String method, byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    String signature,
                                    String[] exceptions) {
                                return super.visitMethod(
                                        access,
                                        name.equals(method) ? "somethingElse" : name,
                                        descriptor,
                                        signature,
                                        exceptions);
                            }
                        },
                        0);
        return writer.toByteArray();
    }
}
