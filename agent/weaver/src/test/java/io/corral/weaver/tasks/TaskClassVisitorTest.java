package io.corral.weaver.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.corral.weaver.JdkImage;
import io.corral.weaver.JdkTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.util.CheckClassAdapter;

/** Weaves the classes of tasks and queues of each installed JDK. */
class TaskClassVisitorTest {

    static Stream<Arguments> classes() {
        return JdkImage.all()
                .flatMap(jdk -> Arrays.stream(TaskClass.values())
                        .filter(tasks -> jdk.has(tasks.internalName()))
                        .map(tasks -> Arguments.of(jdk, tasks)));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void eachKnownClassIsWovenAndWellFormed(JdkImage jdk, TaskClass tasks) {
        byte[] woven = woven(tasks, jdk);
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
    void newClassGetsItsFieldAndCallsTheHooks(JdkImage jdk, TaskClass tasks) {
        ClassNode node = new ClassNode();
        new ClassReader(woven(tasks, jdk)).accept(node, 0);
        assertThat(node.fields.stream().anyMatch(field -> field.name.startsWith("corral$")))
                .isEqualTo(tasks.hasField());
        for (String method : tasks.needed()) {
            assertThat(node.methods)
                    .as(method)
                    .anyMatch(each -> each.name.equals(method) && reachesOurs(each));
        }
    }

    private static byte[] woven(TaskClass tasks, JdkImage jdk) {
        return TaskClassVisitor.weave(tasks, jdk.classFile(tasks.internalName()), false, false);
    }

    /** Class pools of other agents resolve these types, and find no class file of Corral's. */
    @ParameterizedTest
    @MethodSource("classes")
    void addedMembersHaveTypesOfTheJdkOnly(JdkImage jdk, TaskClass tasks) {
        ClassNode node = new ClassNode();
        new ClassReader(woven(tasks, jdk)).accept(node, 0);
        assertThat(node.superName).doesNotContain("corral");
        assertThat(node.interfaces).noneMatch(type -> type.contains("corral"));
        assertThat(node.fields).noneMatch(field -> field.desc.contains("corral"));
        assertThat(node.methods).noneMatch(method -> method.desc.contains("corral"));
    }

    /** The JVM loaded the class before the agent, so it accepts no other fields or methods. */
    @ParameterizedTest
    @MethodSource("classes")
    void retransformedClassKeepsItsMembersAndCallsTheHooks(JdkImage jdk, TaskClass tasks) {
        byte[] classFile = jdk.classFile(tasks.internalName());
        ClassNode before = new ClassNode();
        new ClassReader(classFile).accept(before, 0);
        ClassNode after = new ClassNode();
        new ClassReader(TaskClassVisitor.weave(tasks, classFile, true, false)).accept(after, 0);
        assertThat(after.interfaces).isEqualTo(before.interfaces);
        assertThat(after.fields).hasSameSizeAs(before.fields);
        assertThat(after.methods).hasSameSizeAs(before.methods);
        for (String method : tasks.needed()) {
            assertThat(after.methods)
                    .as(method)
                    .anyMatch(each -> each.name.equals(method) && reachesOurs(each));
        }
    }

    /** The guard around a call would hide a hook of another type. */
    @ParameterizedTest
    @MethodSource("classes")
    void eachCalledHookExists(JdkImage jdk, TaskClass tasks) throws ClassNotFoundException {
        byte[] classFile = jdk.classFile(tasks.internalName());
        ClassNode node = new ClassNode();
        new ClassReader(TaskClassVisitor.weave(tasks, classFile, true, false)).accept(node, 0);
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode each : method.instructions) {
                if (each instanceof MethodInsnNode call && call.owner.startsWith("io/corral/")) {
                    Class<?> hook = Class.forName(call.owner.replace('/', '.'));
                    assertThat(hook.getMethods())
                            .as(call.name + call.desc)
                            .anyMatch(known -> known.getName().equals(call.name)
                                    && Type.getMethodDescriptor(known).equals(call.desc));
                }
            }
        }
    }

    /** Mockito writes all fields of the loaded class before Corral weaves it again. */
    @ParameterizedTest
    @MethodSource("classes")
    void fieldThatAnotherAgentCopiedIsNotAddedTwice(JdkImage jdk, TaskClass tasks) {
        byte[] again = TaskClassVisitor.weave(tasks, woven(tasks, jdk), false, true);
        ClassNode node = new ClassNode();
        new ClassReader(again).accept(node, 0);
        assertThat(node.fields.stream().filter(each -> each.name.equals(TaskNames.SUBMITTER)))
                .hasSize(tasks.hasField() ? 1 : 0);
    }

    /** TTL replaces the task at the entry, before the hook that records it. */
    @ParameterizedTest
    @MethodSource("io.corral.weaver.JdkImage#all")
    void submissionToAPoolIsRecordedAfterTheArgumentWasChecked(JdkImage jdk) {
        ClassNode node = new ClassNode();
        new ClassReader(woven(TaskClass.POOL, jdk)).accept(node, 0);
        MethodNode execute = node.methods.stream()
                .filter(method -> method.name.equals("execute"))
                .findAny()
                .orElseThrow();
        List<String> calls = new ArrayList<>();
        for (AbstractInsnNode each : execute.instructions) {
            if (each instanceof MethodInsnNode call) {
                calls.add(call.name);
            }
        }
        assertThat(calls.indexOf("submitted")).isPositive().isLessThan(calls.indexOf("addWorker"));
    }

    /** The other agent may have woven first, with its own locals and handlers. */
    @ParameterizedTest
    @MethodSource("io.corral.weaver.JdkImage#all")
    void codeOfAnotherAgentInRunIsKept(JdkImage jdk) {
        TaskClass tasks = TaskClass.FUTURE_COMPLETION;
        byte[] woven = TaskClassVisitor.weave(
                tasks, withAdvice(jdk.classFile(tasks.internalName())), false, false);
        ClassNode node = new ClassNode();
        new ClassReader(woven).accept(node, 0);
        MethodNode run = node.methods.stream()
                .filter(method -> method.name.equals("run"))
                .findAny()
                .orElseThrow();
        Type type = Type.getObjectType(tasks.internalName());
        assertThatCode(() -> new Analyzer<>(new JdkTypes(jdk, type))
                        .analyzeAndComputeMaxs(tasks.internalName(), run))
                .doesNotThrowAnyException();
        int scope = -1;
        int ended = 0;
        for (AbstractInsnNode each : run.instructions) {
            if (each instanceof MethodInsnNode call && call.name.equals("beginDependent")) {
                scope = ((VarInsnNode) call.getNext()).var;
            } else if (each instanceof MethodInsnNode call
                    && call.owner.equals(TaskNames.TASK_HOOK)
                    && call.name.equals("end")) {
                assertThat(((VarInsnNode) call.getPrevious()).var).isEqualTo(scope);
                ended++;
            } else if (each instanceof VarInsnNode local && local.var == scope) {
                assertThat(isOurs(local)).isTrue();
            }
        }
        assertThat(ended).as("once after a return, and once if the body throws").isEqualTo(2);
        assertThat(run.tryCatchBlocks.get(run.tryCatchBlocks.size() - 2).type)
                .as("the last but the guard in it takes all")
                .isNull();
    }

    /** As TTL has it: the handler covers the return. The JVM does not verify its own classes. */
    @ParameterizedTest
    @MethodSource("io.corral.weaver.JdkImage#all")
    void handlerOfAnotherAgentThatCoversAReturnKeepsItsLocals(JdkImage jdk)
            throws AnalyzerException {
        TaskClass tasks = TaskClass.FORK_JOIN_TASK;
        ClassNode other = new ClassNode();
        new ClassReader(jdk.classFile(tasks.internalName())).accept(other, 0);
        other.methods.removeIf(method -> method.name.equals("doExec"));
        MethodVisitor method =
                other.visitMethod(Opcodes.ACC_FINAL, "doExec", "()I", null, new String[0]);
        Label from = new Label();
        Label thrown = new Label();
        method.visitTryCatchBlock(from, thrown, thrown, null);
        method.visitLdcInsn("another's");
        method.visitVarInsn(Opcodes.ASTORE, 1);
        method.visitLabel(from);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, tasks.internalName(), "getQueuedTaskCount", "()I", false);
        method.visitInsn(Opcodes.IRETURN);
        method.visitLabel(thrown);
        Object[] locals = {tasks.internalName(), "java/lang/String"};
        method.visitFrame(Opcodes.F_NEW, 2, locals, 1, new Object[] {"java/lang/Throwable"});
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "length", "()I", false);
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.ATHROW);
        method.visitMaxs(1, 2);
        ClassWriter writer = new ClassWriter(0);
        other.accept(writer);

        ClassNode node = new ClassNode();
        new ClassReader(TaskClassVisitor.weave(tasks, writer.toByteArray(), true, false))
                .accept(node, 0);
        Type type = Type.getObjectType(tasks.internalName());
        for (MethodNode each : node.methods) {
            new Analyzer<>(new JdkTypes(jdk, type))
                    .analyzeAndComputeMaxs(tasks.internalName(), each);
        }
    }

    private static boolean isOurs(VarInsnNode local) {
        AbstractInsnNode beside =
                local.getOpcode() == Opcodes.ASTORE ? local.getPrevious() : local.getNext();
        return beside.getOpcode() == Opcodes.ACONST_NULL
                || (beside instanceof MethodInsnNode call
                        && call.owner.equals(TaskNames.TASK_HOOK));
    }

    /** A local, a jump over a second return, and a handler, as advice has. */
    private static byte[] withAdvice(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        MethodVisitor to =
                                super.visitMethod(access, name, descriptor, signature, exceptions);
                        return name.equals("run") && descriptor.equals("()V") ? advised(to) : to;
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    private static MethodVisitor advised(MethodVisitor to) {
        return new MethodVisitor(Opcodes.ASM9, to) {

            private final Label from = new Label();
            private final Label until = new Label();
            private final Label thrown = new Label();

            @Override
            public void visitCode() {
                super.visitCode();
                Label goesOn = new Label();
                visitTryCatchBlock(from, until, thrown, "java/lang/Throwable");
                visitLdcInsn("another's");
                visitVarInsn(Opcodes.ASTORE, 1);
                visitVarInsn(Opcodes.ALOAD, 1);
                visitJumpInsn(Opcodes.IFNONNULL, goesOn);
                super.visitInsn(Opcodes.RETURN);
                visitLabel(goesOn);
                frame(new Object[0]);
                visitLabel(from);
            }

            private void frame(Object[] stack) {
                Object[] locals = {TaskClass.FUTURE_COMPLETION.internalName(), "java/lang/String"};
                visitFrame(Opcodes.F_NEW, 2, locals, stack.length, stack);
            }

            @Override
            public void visitInsn(int opcode) {
                if (opcode == Opcodes.RETURN) {
                    visitLabel(until);
                    super.visitVarInsn(Opcodes.ALOAD, 1);
                    super.visitInsn(Opcodes.POP);
                    super.visitInsn(Opcodes.RETURN);
                    visitLabel(thrown);
                    frame(new Object[] {"java/lang/Throwable"});
                    super.visitInsn(Opcodes.ATHROW);
                } else {
                    super.visitInsn(opcode);
                }
            }
        };
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
    void classWithAnUnexpectedShapeIsNotWoven(JdkImage jdk, TaskClass tasks) {
        ClassWriter empty = new ClassWriter(0);
        empty.visit(61, 0, tasks.internalName(), null, "java/lang/Object", new String[0]);
        empty.visitEnd();
        if (!tasks.needed().isEmpty()) {
            assertThat(TaskClassVisitor.weave(tasks, empty.toByteArray(), false, false))
                    .isNull();
        }
    }
}
