package io.corral.integration.handover;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Another agent, which transforms the classes of tasks. A manifest names it. */
public final class TaskAgent implements ClassFileTransformer {

    private static final String TASK = "java.util.concurrent.ForkJoinTask";

    /** Submitting a task needs these classes, so it cannot be done while they are loaded. */
    private static final String LOCKS = "java/util/concurrent/locks/";

    private static final long PATIENCE_SECONDS = 30;

    private static volatile Instrumentation jvm;

    /** If not null, this agent submits a task for each class of the JDK that is loaded. */
    private static volatile ExecutorService pool;

    private static final AtomicInteger HANDED_OVER = new AtomicInteger();

    public static void premain(String options, Instrumentation instrumentation) {
        jvm = instrumentation;
        instrumentation.addTransformer(new TaskAgent(), true);
    }

    /** Retransforms the classes of fork-join tasks. */
    static void retransform() throws Exception {
        jvm.retransformClasses(
                Class.forName(TASK, false, null),
                Class.forName(TASK + "$RunnableExecuteAction", false, null));
    }

    static void beginToHandOver() {
        ExecutorService one = Executors.newFixedThreadPool(1, task -> daemon(task, "agent-1"));
        one.execute(() -> {});
        pool = one;
    }

    /** The program ends even if it fails. */
    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    static int endToHandOver() {
        pool.shutdown();
        pool = null;
        return HANDED_OVER.get();
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String className,
            Class<?> classBeingRedefined,
            ProtectionDomain protectionDomain,
            byte[] classFile) {
        ExecutorService known = pool;
        if (loader == null
                && known != null
                && className.startsWith("java/util/")
                && !className.startsWith(LOCKS)) {
            handOver(known);
        }
        // Returns the class unchanged, which the JVM treats as a change.
        return className.startsWith(TASK.replace('.', '/')) ? classFile.clone() : null;
    }

    /** Submits a task and waits for it. */
    private static void handOver(ExecutorService to) {
        CountDownLatch ran = new CountDownLatch(1);
        to.execute(ran::countDown);
        try {
            if (ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                HANDED_OVER.incrementAndGet();
            } else {
                System.out.println("stuck");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
