package io.corral.integration.virtual;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * An application that creates its first virtual thread in one of several ways, and prints how it
 * was counted.
 */
final class FirstVirtualThreadProgram {

    private static final int TOGETHER = 16;

    /** Whether the first one was created inside a call from the agent's own transformer. */
    private static volatile boolean madeInTransformer;

    private FirstVirtualThreadProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("begun");
        switch (arguments[0]) {
            case "none" -> ThreadKind.PLATFORM.run(() -> {});
            case "builder" -> first(ThreadKind.VIRTUAL::unstarted);
            case "factory" -> first(factory());
            case "executor" -> executor();
            case "constructor" -> first(FirstVirtualThreadProgram::constructed);
            case "together" -> together();
            case "loader" -> inLoader();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void first(ThreadFactory made) throws Exception {
        Container tenant = Containers.at("/first");
        CountDownLatch goOn = new CountDownLatch(1);
        Thread thread = made.newThread(() -> {
            CpuLoad.millis(20);
            System.out.println("place=" + Containers.current().path());
            await(goOn);
            CpuLoad.millis(20);
        });
        try (Scope scope = tenant.enter()) {
            thread.start();
        }
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        print("running", tenant.usage());
        goOn.countDown();
        thread.join();
        ThreadKind.VIRTUAL.run(() -> {});
        print("ended", tenant.usage());
        System.out.println("cpuMillis=" + tenant.usage().cpuNanos() / 1_000_000);
    }

    private static ThreadFactory factory() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    private static void executor() throws Exception {
        Container tenant = Containers.at("/first");
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (Scope scope = tenant.enter()) {
            Future<String> place = executor.submit(() -> {
                CpuLoad.millis(40);
                return Containers.current().path();
            });
            System.out.println("place=" + place.get());
        }
        executor.shutdown();
        executor.awaitTermination(1, TimeUnit.MINUTES);
        print("ended", tenant.usage());
        System.out.println("cpuMillis=" + tenant.usage().cpuNanos() / 1_000_000);
    }

    private static Thread constructed(Runnable task) {
        try {
            Constructor<?> constructor = Class.forName("java.lang.VirtualThread")
                    .getDeclaredConstructor(
                            Executor.class, String.class, int.class, Runnable.class);
            constructor.setAccessible(true);
            return (Thread) constructor.newInstance(null, "constructed", 0, task);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Many threads create the first one at the same time, each in a separate container. */
    private static void together() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(TOGETHER);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            Container tenant = Containers.at("/together/" + i);
            threads.add(new Thread(() -> {
                try (Scope scope = tenant.enter()) {
                    barrier.await();
                    ThreadKind.VIRTUAL.run(() -> {
                        if (Containers.current() != tenant) {
                            throw new IllegalStateException(Containers.current().path());
                        }
                        CpuLoad.millis(1);
                    });
                    VirtualThreadAgent.virtualThreadEnded();
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        for (Container tenant : Containers.at("/together").children()) {
            print(tenant.path(), tenant.usage());
        }
        print("root", Containers.root().ownUsage());
    }

    /** The first one is created by a class loader that the agent calls to weave a class. */
    private static void inLoader() throws Exception {
        Constructor<?> woven =
                new AskedLoader().loadClass(Woven.class.getName()).getDeclaredConstructor();
        woven.setAccessible(true);
        ((Runnable) woven.newInstance()).run();
        System.out.println("madeInTransformer=" + madeInTransformer);
        print("tenant", Containers.at("/loader").usage());
    }

    /** A method that a rule names. */
    static final class Woven implements Runnable {
        @Override
        public void run() {
            System.out.println("woven=" + Containers.current().path());
        }
    }

    private static final class AskedLoader extends ClassLoader {

        private boolean asked;

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Woven.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = FirstVirtualThreadProgram.class.getResourceAsStream(
                    "/" + name.replace('.', '/') + ".class")) {
                byte[] classFile = in.readAllBytes();
                return defineClass(name, classFile, 0, classFile.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            if (!asked) {
                asked = true;
                for (StackTraceElement frame : new Throwable().getStackTrace()) {
                    madeInTransformer |= frame.getClassName().endsWith("TransformerManager");
                }
                try (Scope scope = Containers.at("/loader").enter()) {
                    ThreadKind.VIRTUAL.run(() -> CpuLoad.millis(5));
                }
            }
            return super.getResourceAsStream(name);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void print(String what, Usage usage) {
        System.out.println(
                what + "=" + usage.virtualThreads() + " " + usage.forks() + " " + usage.exits());
    }
}
