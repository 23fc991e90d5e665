package io.corral.weaver.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.PUTFIELD;

import io.corral.weaver.JdkImage;
import io.corral.weaver.NewerJdk;
import io.corral.weaver.WovenClass;
import io.corral.weaver.threads.WeavePoint.Target;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/** JDKs, installed ones and newer ones, whose classes of threads lack one point. */
class MissingPointTest {

    static Stream<Arguments> points() {
        return Arrays.stream(WeavePoint.values()).flatMap(point -> {
            Target target = point.target();
            return Stream.concat(
                    JdkImage.all()
                            .filter(jdk -> jdk.has(target))
                            .map(jdk -> arguments(jdk.toString(), point, jdk.classFile(target))),
                    NewerJdk.all()
                            .map(jdk -> arguments(jdk.toString(), point, jdk.classFile(target))));
        });
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("points")
    void lineNamesThePointAndTheOthersAreFound(String jdk, WeavePoint point, byte[] classFile) {
        byte[] lacking = without(point, classFile);
        Set<WeavePoint> others = EnumSet.allOf(WeavePoint.class);
        others.removeIf(each -> each == point || each.target() != point.target());
        assertThat(WovenClass.of(point.target(), lacking).found())
                .containsExactlyElementsOf(others);
        assertThat(ThreadTransformer.missing(lacking, point.target()))
                .isEqualTo(point.shape() + " not found on Java "
                        + System.getProperty("java.version")
                        + "; 17 to 25 are supported, of 21 from 21.0.3 on");
    }

    /** Submissions are woven only if queued time is measured, which it is not here. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("points")
    void classThatLacksAPointIsNotWoven(String jdk, WeavePoint point, byte[] classFile) {
        ThreadTransformer transformer = new ThreadTransformer(point.target(), Thread.class);
        boolean isNeeded = point != WeavePoint.VIRTUAL_SUBMISSION;
        assertThat(transformer.weave(without(point, classFile)) == null).isEqualTo(isNeeded);
        assertThat(transformer.fault() != null).isEqualTo(isNeeded);
    }

    private static byte[] without(WeavePoint point, byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile).accept(new Without(writer, lost(point)), 0);
        return writer.toByteArray();
    }

    /** What another version of the class does not have. */
    private static Part lost(WeavePoint point) {
        return switch (point) {
            case PLATFORM_FORK -> new Part(Kind.CALL, "start0", "()V");
            case PLATFORM_EXIT -> new Part(Kind.METHOD, "exit", "()V");
            case CONSTRUCTED -> new Part(Kind.CALL, "<init>", "()V");
            case VIRTUAL_MEMBER -> new Part(Kind.STORE, "runContinuation", "");
            case VIRTUAL_FORK ->
                new Part(Kind.METHOD, "start", "(Ljdk/internal/vm/ThreadContainer;)V");
            case VIRTUAL_READY -> new Part(Kind.VOID, "ubmitRunContinuation", "");
            case VIRTUAL_SUBMISSION -> new Part(Kind.LOAD, "runContinuation", "");
            case VIRTUAL_MOUNT -> new Part(Kind.CALL, "mount", "()V");
            case VIRTUAL_DISMOUNT -> new Part(Kind.CALL, "unmount", "()V");
            case VIRTUAL_EXIT -> new Part(Kind.CALL, "popAll", "()V");
            case VIRTUAL_DONE -> new Part(Kind.METHOD, "afterDone", "(Z)V");
        };
    }

    private enum Kind {
        METHOD,
        /** A method without a result, which gets one; the name is part of the method's name. */
        VOID,
        CALL,
        STORE,
        LOAD
    }

    private record Part(Kind kind, String name, String descriptor) {

        boolean is(Kind other, String itsName, String itsDescriptor) {
            return kind == other && name.equals(itsName) && descriptor.equals(itsDescriptor);
        }
    }

    /** Gives another name or result to one part of a class. The class can't be run then. */
    private static final class Without extends ClassVisitor {

        private static final String RENAMED = "somethingElse";

        private final Part lost;

        Without(ClassWriter writer, Part lost) {
            super(ASM9, writer);
            this.lost = lost;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            boolean isRenamed = lost.is(Kind.METHOD, name, descriptor);
            boolean getsResult = lost.kind == Kind.VOID && name.contains(lost.name);
            MethodVisitor to = super.visitMethod(
                    access,
                    isRenamed ? RENAMED : name,
                    getsResult ? descriptor.replace(")V", ")Z") : descriptor,
                    signature,
                    exceptions);
            return new MethodVisitor(ASM9, to) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String takes, boolean itf) {
                    super.visitMethodInsn(
                            opcode,
                            owner,
                            lost.is(Kind.CALL, called, takes) ? RENAMED : called,
                            takes,
                            itf);
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    boolean isLost = opcode == PUTFIELD && lost.is(Kind.STORE, field, "")
                            || opcode == GETFIELD && lost.is(Kind.LOAD, field, "");
                    super.visitFieldInsn(opcode, owner, isLost ? RENAMED : field, type);
                }
            };
        }
    }
}
