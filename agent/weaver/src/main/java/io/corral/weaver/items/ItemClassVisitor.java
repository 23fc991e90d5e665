package io.corral.weaver.items;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_NATIVE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SIPUSH;

import io.corral.runtime.handover.ItemPoint;
import io.corral.runtime.handover.ItemPoint.Kind;
import io.corral.weaver.common.AroundMethodVisitor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Weaves an executor of the application with a queue of its own, or a class of its tasks: see
 * {@link ItemPoint}.
 */
final class ItemClassVisitor extends ClassVisitor {

    private static final String HOOK = "java/lang/CorralItemDispatcher";

    private static final int NO_SLOT = -1;

    private final List<ItemPoint> points;
    private final String owner;

    /** The points whose methods were not found yet. */
    private final List<ItemPoint> missing;

    private boolean isChanged;

    private ItemClassVisitor(
            ClassVisitor to, List<ItemPoint> points, String owner, List<ItemPoint> missing) {
        super(ASM9, to);
        this.missing = missing;
        this.points = points;
        this.owner = owner;
        for (ItemPoint point : points) {
            if (point.kind().isMethod()) {
                missing.add(point);
            }
        }
    }

    /**
     * @param missing receives the points whose methods the class does not have
     * @return null if there is nothing to change, or a point is missing
     */
    static byte @Nullable [] weave(
            List<ItemPoint> points, String owner, byte[] classFile, List<ItemPoint> missing) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        ItemClassVisitor weaving = new ItemClassVisitor(writer, points, owner, missing);
        reader.accept(weaving, ClassReader.EXPAND_FRAMES);
        return weaving.isChanged && missing.isEmpty() ? writer.toByteArray() : null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        if ((access & (ACC_ABSTRACT | ACC_NATIVE)) != 0) {
            return to;
        }
        for (ItemPoint point : points) {
            if (!point.matches(name, descriptor)) {
                continue;
            }
            if (!point.kind().isMethod()) {
                to = new Calls(to, point);
            } else {
                int slot = slot(point.argument(), access, descriptor);
                if (slot != NO_SLOT) {
                    missing.remove(point);
                    isChanged = true;
                    to = woven(point, slot, access, descriptor, to);
                }
            }
        }
        return to;
    }

    private MethodVisitor woven(
            ItemPoint point, int slot, int access, String descriptor, MethodVisitor to) {
        if (point.kind() == Kind.MAKE) {
            return atEnd(to, point.number());
        }
        boolean runs = point.kind() == Kind.RUN;
        AroundMethodVisitor.Hooks hooks = new AroundMethodVisitor.Hooks(
                HOOK,
                runs ? "begin" : "submitted",
                runs ? "end" : "refused",
                slot,
                point.number(),
                !runs);
        return new AroundMethodVisitor(owner, access, descriptor, hooks, to);
    }

    /** The local that holds the item; {@link #NO_SLOT} if the method has no such object. */
    private static int slot(int argument, int access, String descriptor) {
        boolean isStatic = (access & ACC_STATIC) != 0;
        if (argument == ItemPoint.SELF) {
            return isStatic ? NO_SLOT : 0;
        }
        int slot = isStatic ? 0 : 1;
        Type[] types = Type.getArgumentTypes(descriptor);
        if (argument >= types.length || types[argument].getSort() < Type.ARRAY) {
            return NO_SLOT;
        }
        for (int i = 0; i < argument; i++) {
            slot += types[i].getSize();
        }
        return slot;
    }

    /** Calls a hook at the end of a method, with {@code this}. */
    private static MethodVisitor atEnd(MethodVisitor to, int number) {
        return new MethodVisitor(ASM9, to) {
            @Override
            public void visitInsn(int opcode) {
                if (opcode >= IRETURN && opcode <= RETURN) {
                    visitVarInsn(ALOAD, 0);
                    visitIntInsn(SIPUSH, number);
                    visitMethodInsn(INVOKESTATIC, HOOK, "made", "(Ljava/lang/Object;I)V", false);
                }
                super.visitInsn(opcode);
            }
        };
    }

    /** Replaces each run of an item, or each submission of the task that runs items, by a hook. */
    private final class Calls extends MethodVisitor {

        private final ItemPoint point;

        Calls(MethodVisitor to, ItemPoint point) {
            super(ASM9, to);
            this.point = point;
        }

        @Override
        public void visitMethodInsn(
                int opcode, String of, String called, String descriptor, boolean isInterface) {
            String hookTakes = opcode != INVOKEINTERFACE && opcode != INVOKEVIRTUAL
                    ? null
                    : point.kind() == Kind.RUN_CALLS
                            ? runs(of, called)
                            : submits(of, called, descriptor);
            if (hookTakes == null) {
                super.visitMethodInsn(opcode, of, called, descriptor, isInterface);
                return;
            }
            isChanged = true;
            if (point.kind() == Kind.RUN_CALLS) {
                visitIntInsn(SIPUSH, point.number());
            }
            super.visitMethodInsn(INVOKESTATIC, HOOK, called, hookTakes, false);
        }

        private static @Nullable String runs(String of, String called) {
            if (of.equals("java/lang/Runnable") && called.equals("run")) {
                return "(Ljava/lang/Runnable;I)V";
            }
            return of.equals("java/util/concurrent/Callable") && called.equals("call")
                    ? "(Ljava/util/concurrent/Callable;I)Ljava/lang/Object;"
                    : null;
        }

        /** In libraries, classes with such a name are {@code Executor}s. */
        private @Nullable String submits(String of, String called, String descriptor) {
            boolean isExecutor = of.startsWith("java/util/concurrent/")
                    || (point.location() == null && of.endsWith("ExecutorServiceDelegate"));
            return isExecutor
                            && called.equals("execute")
                            && descriptor.equals("(Ljava/lang/Runnable;)V")
                    ? "(Ljava/util/concurrent/Executor;Ljava/lang/Runnable;)V"
                    : null;
        }
    }
}
