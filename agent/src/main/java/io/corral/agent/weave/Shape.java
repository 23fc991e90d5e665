package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ASM9;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;

/** Looks at what a class has, before it is woven. */
final class Shape {

    private Shape() {}

    /**
     * Whether {@code Thread.exit()} pops scopes and then tells its thread container, as from 21 on:
     * popping may block and burn CPU, so the exit hook belongs between the two. Else it comes first.
     */
    static boolean exitAsksContainer(ClassReader thread) {
        boolean[] asks = new boolean[1];
        thread.accept(
                new ClassVisitor(ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            String signature,
                            String[] exceptions) {
                        return name.equals("exit") && descriptor.equals("()V")
                                ? new CallFinder(asks)
                                : null;
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return asks[0];
    }

    private static final class CallFinder extends MethodVisitor {

        private final boolean[] found;

        CallFinder(boolean[] found) {
            super(ASM9);
            this.found = found;
        }

        @Override
        public void visitMethodInsn(
                int opcode, String owner, String name, String descriptor, boolean itf) {
            found[0] |= name.equals("threadContainer");
        }
    }
}
