package io.corral.agent.pack;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.F_SAME;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.INSTANCEOF;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.IXOR;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LRETURN;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/** Class files of nest mates that implement the interfaces of {@code io.corral.runtime.jdk}. */
final class AccessClasses {

    /** Of JDKs that keep a thread's task in the thread itself: 17. */
    static final String PLAIN_THREADS = "java/lang/CorralPlainThreadAccess";

    static final String THREADS = "java/lang/CorralThreadAccess";
    static final String VIRTUAL_THREADS = "java/lang/CorralVirtualThreadAccess";
    static final String CLOCKS = "sun/management/CorralClockAccess";

    private static final String RUNTIME = "io/corral/runtime/jdk/";
    private static final String THREAD = "java/lang/Thread";
    private static final String FIELD_HOLDER = "java/lang/Thread$FieldHolder";
    private static final String VIRTUAL_THREAD = "java/lang/VirtualThread";
    private static final String CONTINUATION = "jdk/internal/vm/Continuation";
    private static final String THREAD_CONTAINER = "jdk/internal/vm/ThreadContainer";
    private static final String SHARED_THREAD_CONTAINER = "jdk/internal/vm/SharedThreadContainer";
    private static final String THREAD_IMPL = "sun/management/ThreadImpl";
    private static final String HOTSPOT_THREAD = "sun/management/HotspotThread";

    private AccessClasses() {}

    /** {@code thread.tid}, {@code thread.start0()} and {@code thread.target}. */
    static byte[] plainThreads() {
        ClassWriter writer = threads(PLAIN_THREADS);
        MethodVisitor task = method(writer, "task", "(Ljava/lang/Thread;)Ljava/lang/Runnable;");
        task.visitVarInsn(ALOAD, 1);
        task.visitFieldInsn(GETFIELD, THREAD, "target", "Ljava/lang/Runnable;");
        Generated.end(task, ARETURN);
        return writer.toByteArray();
    }

    /** {@code thread.tid}, {@code thread.start0()} and {@code thread.holder.task}. */
    static byte[] threads() {
        ClassWriter writer = threads(THREADS);
        MethodVisitor task = method(writer, "task", "(Ljava/lang/Thread;)Ljava/lang/Runnable;");
        task.visitVarInsn(ALOAD, 1);
        task.visitFieldInsn(GETFIELD, THREAD, "holder", "L" + FIELD_HOLDER + ";");
        task.visitFieldInsn(GETFIELD, FIELD_HOLDER, "task", "Ljava/lang/Runnable;");
        Generated.end(task, ARETURN);
        return writer.toByteArray();
    }

    private static ClassWriter threads(String name) {
        ClassWriter writer = begin(name, RUNTIME + "ThreadAccess");
        MethodVisitor id = method(writer, "id", "(Ljava/lang/Thread;)J");
        id.visitVarInsn(ALOAD, 1);
        id.visitFieldInsn(GETFIELD, THREAD, "tid", "J");
        Generated.end(id, LRETURN);
        MethodVisitor start0 = method(writer, "start0", "(Ljava/lang/Thread;)V");
        start0.visitVarInsn(ALOAD, 1);
        start0.visitMethodInsn(INVOKEVIRTUAL, THREAD, "start0", "()V", false);
        Generated.end(start0, RETURN);
        return writer;
    }

    /**
     * {@code !Unsafe.getUnsafe().shouldBeInitialized(VirtualThread.class)}, {@code thread instanceof VirtualThread}, {@code
     * thread instanceof VirtualThread v ? v.runContinuation : null}, what keeps one on its carrier, and {@code
     * thread.threadContainer() instanceof SharedThreadContainer}.
     */
    static byte[] virtualThreads() {
        ClassWriter writer = begin(VIRTUAL_THREADS, RUNTIME + "VirtualThreadAccess");
        areVirtualThreadsUsed(writer);
        MethodVisitor isVirtual = method(writer, "isVirtual", "(Ljava/lang/Thread;)Z");
        isVirtual.visitVarInsn(ALOAD, 1);
        isVirtual.visitTypeInsn(INSTANCEOF, VIRTUAL_THREAD);
        Generated.end(isVirtual, IRETURN);
        MethodVisitor run =
                method(writer, "runContinuation", "(Ljava/lang/Thread;)Ljava/lang/Runnable;");
        Label other = new Label();
        run.visitVarInsn(ALOAD, 1);
        run.visitTypeInsn(INSTANCEOF, VIRTUAL_THREAD);
        run.visitJumpInsn(IFEQ, other);
        run.visitVarInsn(ALOAD, 1);
        run.visitTypeInsn(CHECKCAST, VIRTUAL_THREAD);
        run.visitFieldInsn(GETFIELD, VIRTUAL_THREAD, "runContinuation", "Ljava/lang/Runnable;");
        run.visitInsn(ARETURN);
        run.visitLabel(other);
        run.visitFrame(F_SAME, 0, null, 0, null);
        run.visitInsn(ACONST_NULL);
        Generated.end(run, ARETURN);
        storeRunContinuation(writer);
        delegate(writer, "pin");
        delegate(writer, "unpin");
        MethodVisitor isOfPool = method(writer, "isOfPool", "(Ljava/lang/Thread;)Z");
        isOfPool.visitVarInsn(ALOAD, 1);
        isOfPool.visitMethodInsn(
                INVOKEVIRTUAL, THREAD, "threadContainer", "()L" + THREAD_CONTAINER + ";", false);
        isOfPool.visitTypeInsn(INSTANCEOF, SHARED_THREAD_CONTAINER);
        Generated.end(isOfPool, IRETURN);
        return writer.toByteArray();
    }

    private static void areVirtualThreadsUsed(ClassWriter writer) {
        MethodVisitor used = method(writer, "areUsed", "()Z");
        Unsafe.push(used);
        used.visitLdcInsn(Type.getObjectType(VIRTUAL_THREAD));
        used.visitMethodInsn(
                INVOKEVIRTUAL, Unsafe.NAME, "shouldBeInitialized", "(Ljava/lang/Class;)Z", false);
        used.visitInsn(ICONST_1);
        used.visitInsn(IXOR);
        Generated.end(used, IRETURN);
    }

    /** The field is final: the JVM would refuse an instruction that stores it. */
    private static void storeRunContinuation(ClassWriter writer) {
        MethodVisitor store =
                method(writer, "runContinuation", "(Ljava/lang/Thread;Ljava/lang/Runnable;)V");
        Unsafe.push(store);
        store.visitVarInsn(ALOAD, 1);
        Unsafe.push(store);
        store.visitLdcInsn(Type.getObjectType(VIRTUAL_THREAD));
        store.visitLdcInsn("runContinuation");
        store.visitMethodInsn(
                INVOKEVIRTUAL,
                Unsafe.NAME,
                "objectFieldOffset",
                "(Ljava/lang/Class;Ljava/lang/String;)J",
                false);
        store.visitVarInsn(ALOAD, 2);
        store.visitMethodInsn(
                INVOKEVIRTUAL,
                Unsafe.NAME,
                "putReferenceVolatile",
                "(Ljava/lang/Object;JLjava/lang/Object;)V",
                false);
        Generated.end(store, RETURN);
    }

    /** The natives below {@code ThreadMXBean}, and those that list the JVM's own threads. */
    static byte[] clocks() {
        ClassWriter writer = begin(CLOCKS, RUNTIME + "ClockAccess", RUNTIME + "VmThreadAccess");
        delegate(writer, "cpuNanos", "getThreadTotalCpuTime0");
        delegate(writer, "allocatedBytes", "getThreadAllocatedMemory0");
        MethodVisitor count = method(writer, "count", "()I");
        pushHotspotThread(count);
        count.visitMethodInsn(
                INVOKEVIRTUAL, HOTSPOT_THREAD, "getInternalThreadCount", "()I", false);
        Generated.end(count, IRETURN);
        MethodVisitor read = method(writer, "read", "([Ljava/lang/String;[J)I");
        pushHotspotThread(read);
        read.visitVarInsn(ALOAD, 1);
        read.visitVarInsn(ALOAD, 2);
        read.visitMethodInsn(
                INVOKEVIRTUAL,
                HOTSPOT_THREAD,
                "getInternalThreadTimes0",
                "([Ljava/lang/String;[J)I",
                false);
        Generated.end(read, IRETURN);
        return writer.toByteArray();
    }

    private static void delegate(ClassWriter writer, String name) {
        MethodVisitor method = method(writer, name, "()V");
        method.visitMethodInsn(INVOKESTATIC, CONTINUATION, name, "()V", false);
        Generated.end(method, RETURN);
    }

    private static void delegate(ClassWriter writer, String name, String target) {
        MethodVisitor method = method(writer, name, "(J)J");
        method.visitVarInsn(LLOAD, 1);
        method.visitMethodInsn(INVOKESTATIC, THREAD_IMPL, target, "(J)J", false);
        Generated.end(method, LRETURN);
    }

    private static void pushHotspotThread(MethodVisitor method) {
        method.visitMethodInsn(
                INVOKESTATIC,
                "sun/management/ManagementFactoryHelper",
                "getHotspotThreadMBean",
                "()Lsun/management/HotspotThreadMBean;",
                false);
        method.visitTypeInsn(CHECKCAST, HOTSPOT_THREAD);
    }

    private static ClassWriter begin(String name, String... interfaces) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, name, null, "java/lang/Object", interfaces);
        return writer;
    }

    private static MethodVisitor method(ClassWriter writer, String name, String descriptor) {
        MethodVisitor method = writer.visitMethod(ACC_PUBLIC, name, descriptor, null, null);
        method.visitCode();
        return method;
    }
}
