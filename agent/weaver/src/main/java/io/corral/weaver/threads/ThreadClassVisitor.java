package io.corral.weaver.threads;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_NATIVE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.RETURN;

import io.corral.weaver.common.GuardedMethodVisitor;
import io.corral.weaver.threads.WeavePoint.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes the hooks of {@code Thread}. Depends on the shape of the class, not on the JDK's version.
 */
final class ThreadClassVisitor extends ClassVisitor {

    private static final String THREAD = Target.THREAD.internalName();

    private final Set<WeavePoint> found;

    /** Whether {@code exit()} pops scopes, as from JDK 21 on. The exit hook comes after that. */
    private boolean exitAsksContainer;

    /** @param found gets the points that the class has */
    ThreadClassVisitor(ClassVisitor to, Set<WeavePoint> found) {
        super(ASM9, to);
        this.found = found;
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, String signature, Object value) {
        exitAsksContainer |= name.equals("container");
        return super.visitField(access, name, descriptor, signature, value);
    }

    /** A method whose visitor is returned unchanged is copied by the library as a whole. */
    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        if ((access & (ACC_STATIC | ACC_ABSTRACT | ACC_NATIVE)) != 0) {
            return to;
        }
        if (name.equals("start")) {
            return forkHook(to);
        }
        GuardedMethodVisitor calls = new GuardedMethodVisitor(THREAD, access, name, descriptor, to);
        return switch (name) {
            case "exit" -> descriptor.equals("()V") ? exitHook(calls) : to;
            case "<init>" -> new ConstructedHookVisitor(calls);
            default -> to;
        };
    }

    private MethodVisitor exitHook(GuardedMethodVisitor calls) {
        return exitAsksContainer
                ? ThreadHook.PLATFORM_EXIT.atCalls(
                        calls, calls, THREAD, "threadContainer", false, found)
                : ThreadHook.PLATFORM_EXIT.atEntry(calls, found);
    }

    /** Replaces the call of {@code start0}: the hook must know whether the start has failed. */
    private MethodVisitor forkHook(MethodVisitor to) {
        return new MethodVisitor(ASM9, to) {
            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String name, String descriptor, boolean itf) {
                if (owner.equals(THREAD) && name.equals("start0") && descriptor.equals("()V")) {
                    ThreadHook.PLATFORM_FORK.write(mv, found);
                } else {
                    super.visitMethodInsn(opcode, owner, name, descriptor, itf);
                }
            }
        };
    }

    /**
     * Writes a hook at the end of the constructors that call that of {@code Object}: exactly one of
     * these runs for each thread.
     */
    private final class ConstructedHookVisitor extends MethodVisitor {

        private final GuardedMethodVisitor calls;
        private boolean callsObject;

        ConstructedHookVisitor(GuardedMethodVisitor calls) {
            super(ASM9, calls);
            this.calls = calls;
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean itf) {
            super.visitMethodInsn(opcode, owner, name, descriptor, itf);
            callsObject |= owner.equals("java/lang/Object") && name.equals("<init>");
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == RETURN && callsObject) {
                ThreadHook.CONSTRUCTED.writeGuarded(calls, false, found);
            }
            super.visitInsn(opcode);
        }
    }
}
