package io.corral.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.util.CheckClassAdapter;

/** The classes by which each JDK that is here hands tasks over, woven. */
class TaskWeaveTest {

    static Stream<Arguments> classes() {
        return JdkImage.all()
                .flatMap(jdk -> Arrays.stream(TaskClass.values())
                        .filter(tasks -> jdk.has(tasks.internalName()) && !hasRoom(jdk, tasks))
                        .map(tasks -> Arguments.of(jdk, tasks)));
    }

    private static boolean hasRoom(JdkImage jdk, TaskClass tasks) {
        return tasks == TaskClass.FORK_JOIN_RUNNABLE && jdk.feature() > 21;
    }

    @ParameterizedTest
    @MethodSource("io.corral.agent.weave.JdkImage#all")
    void taskOfARunnableKeepsItWhereOthersKeepTheirSubmitter(JdkImage jdk) {
        TaskClass tasks = TaskClass.FORK_JOIN_RUNNABLE;
        byte[] woven = TaskWeaving.weave(tasks, jdk.classFile(tasks.internalName()), false);
        if (hasRoom(jdk, tasks)) {
            assertThat(woven).isNull();
            return;
        }
        ClassNode node = new ClassNode();
        new ClassReader(woven).accept(node, 0);
        assertThat(node.fields)
                .filteredOn(field -> (field.access & Opcodes.ACC_STATIC) == 0)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void classIsAsItIsKnownAndWellFormedWhenWoven(JdkImage jdk, TaskClass tasks) {
        byte[] woven = TaskWeaving.weave(tasks, jdk.classFile(tasks.internalName()), false);
        assertThat(woven).isNotNull();
        ClassReader reader = new ClassReader(woven);
        assertThatCode(() -> reader.accept(new CheckClassAdapter(new ClassWriter(0), true), 0))
                .doesNotThrowAnyException();
        ClassNode node = new ClassNode();
        reader.accept(node, 0);
        Type type = Type.getObjectType(tasks.internalName());
        for (MethodNode method : node.methods) {
            assertThatCode(() -> new Analyzer<>(new JdkTypes(jdk, type))
                            .analyzeAndComputeMaxs(tasks.internalName(), method))
                    .as(method.name + method.desc)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void classGetsWhatItNeedsAndCallsTheHooks(JdkImage jdk, TaskClass tasks) {
        ClassNode node = new ClassNode();
        new ClassReader(TaskWeaving.weave(tasks, jdk.classFile(tasks.internalName()), false))
                .accept(node, 0);
        if (tasks.added() != null) {
            assertThat(node.interfaces).contains(tasks.added());
            assertThat(node.fields.stream().anyMatch(field -> field.name.startsWith("corral$")))
                    .isEqualTo(tasks != TaskClass.SCHEDULED_TASK
                            && tasks != TaskClass.FORK_JOIN_RUNNABLE);
        }
        for (String method : tasks.needed()) {
            assertThat(node.methods)
                    .as(method)
                    .anyMatch(each -> each.name.equals(method) && reachesOurs(each));
        }
    }

    private static boolean reachesOurs(MethodNode method) {
        for (AbstractInsnNode each : method.instructions) {
            if (each instanceof MethodInsnNode call
                    && call.owner.startsWith("io/corral/runtime/")) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("classes")
    void classOfAnotherShapeStaysAsItIs(JdkImage jdk, TaskClass tasks) {
        ClassWriter empty = new ClassWriter(0);
        empty.visit(61, 0, tasks.internalName(), null, "java/lang/Object", new String[0]);
        empty.visitEnd();
        if (!tasks.needed().isEmpty()) {
            assertThat(TaskWeaving.weave(tasks, empty.toByteArray(), false)).isNull();
        }
    }
}
