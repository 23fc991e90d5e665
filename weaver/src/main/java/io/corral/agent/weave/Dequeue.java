package io.corral.agent.weave;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;

import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes a new {@code LinkedBlockingQueue.dequeue}, which calls the JDK's under another name:
 *
 * <pre>
 * Node node = this.head.next;
 * Object task = corral$dequeue();
 * try { WorkerHook.taken(this, task, node); } catch (Throwable) {}
 * return task;
 * </pre>
 */
final class Dequeue {

    static final String NAME = "dequeue";
    static final String DESCRIPTOR = "()Ljava/lang/Object;";
    static final String ORIGINAL = "corral$dequeue";

    private static final String QUEUE = "java/util/concurrent/LinkedBlockingQueue";
    private static final String NODE = QUEUE + "$Node";
    private static final List<Object> LOCALS = List.of(QUEUE, NODE, "java/lang/Object");

    private Dequeue() {}

    static void write(ClassVisitor to, int access) {
        MethodVisitor method = to.visitMethod(access, NAME, DESCRIPTOR, null, null);
        method.visitCode();
        method.visitVarInsn(ALOAD, 0);
        method.visitFieldInsn(GETFIELD, QUEUE, "head", "L" + NODE + ";");
        method.visitFieldInsn(GETFIELD, NODE, "next", "L" + NODE + ";");
        method.visitVarInsn(ASTORE, 1);
        method.visitVarInsn(ALOAD, 0);
        method.visitMethodInsn(INVOKEVIRTUAL, QUEUE, ORIGINAL, DESCRIPTOR, false);
        method.visitVarInsn(ASTORE, 2);
        tell(method);
        method.visitVarInsn(ALOAD, 2);
        method.visitInsn(ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private static void tell(MethodVisitor method) {
        CatchAll guard = new CatchAll(method);
        method.visitVarInsn(ALOAD, 0);
        method.visitVarInsn(ALOAD, 2);
        method.visitVarInsn(ALOAD, 1);
        method.visitMethodInsn(
                INVOKESTATIC,
                TaskNames.WORKER_HOOK,
                "taken",
                "(L" + TaskNames.HANDING_QUEUE + ";Ljava/lang/Object;Ljava/lang/Object;)V",
                false);
        guard.end(LOCALS);
    }
}
