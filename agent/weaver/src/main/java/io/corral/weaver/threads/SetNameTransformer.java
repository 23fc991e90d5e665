package io.corral.weaver.threads;

import static org.objectweb.asm.Opcodes.ASM9;

import io.corral.runtime.notice.Log;
import io.corral.weaver.AgentTransformer;
import io.corral.weaver.common.GuardedMethodVisitor;
import io.corral.weaver.common.HookInvocation;
import io.corral.weaver.threads.WeavePoint.Target;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/** Weaves {@code Thread.setName} when a rule needs it, after {@link AgentTransformer}. */
public final class SetNameTransformer implements ClassFileTransformer, Runnable {

    private static final String THREAD = Target.THREAD.internalName();

    private final Instrumentation instrumentation;
    private volatile @Nullable String fault = "the class was not transformed";

    public SetNameTransformer(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    @Override
    public void run() {
        try {
            instrumentation.addTransformer(this, true);
            instrumentation.retransformClasses(Thread.class);
        } catch (Throwable refused) {
            fault = refused.toString();
        }
        if (fault != null) {
            Log.error(
                    "rules marked late hold at a thread's start only, since Thread.setName can't be"
                            + " woven: " + fault);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        if (loader != null || !THREAD.equals(className)) {
            return null;
        }
        try {
            ClassReader reader = new ClassReader(classFile);
            ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
            OfThread weaving = new OfThread(writer);
            reader.accept(weaving, ClassReader.EXPAND_FRAMES);
            fault = weaving.isFound ? null : "Thread.setName(String) not found";
            return writer.toByteArray();
        } catch (Throwable unexpected) {
            fault = unexpected.toString();
            return null;
        }
    }

    private static final class OfThread extends ClassVisitor {

        private boolean isFound;

        OfThread(ClassWriter writer) {
            super(ASM9, writer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!name.equals("setName") || !descriptor.equals("(Ljava/lang/String;)V")) {
                return to;
            }
            isFound = true;
            HookInvocation named = new HookInvocation(
                    "io/corral/runtime/hook/NameHook", "named", "(Ljava/lang/Thread;)V", 0);
            return named.atReturn(new GuardedMethodVisitor(THREAD, access, name, descriptor, to));
        }
    }
}
