package io.corral.it;

import com.sun.tools.attach.VirtualMachine;

import io.corral.it.BundleLoader.Way;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/** Has bundles, and does not know the API: it may be called through a bundle alone. */
final class BundleProgram {

    private static final int THREADS = 16;

    private BundleProgram() {}

    /** What to do, the runtime's jar, and more. */
    public static void main(String[] arguments) throws Exception {
        String jar = arguments[1];
        switch (arguments[0]) {
            case "bundles" -> {
                for (int i = 2; i < arguments.length; i++) {
                    say(arguments[i], BundleLoader.of(Way.valueOf(arguments[i]), jar));
                }
            }
            case "api-first" -> {
                BundleLoader loader = BundleLoader.of(Way.ARRAY, jar);
                Class<?> api = Class.forName("io.corral.Containers", true, loader);
                System.out.println("first=" + api.getClassLoader());
                say("bundle", loader);
            }
            case "at-once" -> atOnce(jar);
            case "stubborn" -> {
                say("before", BundleLoader.of(Way.ARRAY, jar));
                StubbornAgent.LET_GO.countDown();
                System.out.println("woven=" + becomes("null true 1", jar));
            }
            case "late" -> late(jar, arguments[2]);
            default -> throw new IllegalArgumentException(Arrays.toString(arguments));
        }
    }

    private static void say(String name, BundleLoader loader) throws Exception {
        System.out.println(name + "=" + activator(loader).call());
    }

    @SuppressWarnings("unchecked")
    private static Callable<String> activator(BundleLoader loader)
            throws ReflectiveOperationException {
        return (Callable<String>) loader.loadClass("io.corral.it.BundleActivator")
                .getDeclaredConstructor()
                .newInstance();
    }

    /** Many bundles define their first classes, all at the same time. */
    private static void atOnce(String jar) throws Exception {
        List<FutureTask<String>> tasks = new ArrayList<>();
        CountDownLatch begin = new CountDownLatch(1);
        for (int i = 0; i < THREADS; i++) {
            BundleLoader loader = BundleLoader.of(Way.ARRAY, jar);
            FutureTask<String> task = new FutureTask<>(() -> {
                begin.await();
                return activator(loader).call();
            });
            tasks.add(task);
            new Thread(task).start();
        }
        begin.countDown();
        int same = 0;
        for (FutureTask<String> task : tasks) {
            same += task.get().startsWith("null true ") ? 1 : 0;
        }
        System.out.println("same=" + same);
    }

    /** Whether a bundle sees this at last, if it is told so for as long as it takes. */
    private static boolean becomes(String expected, String jar) throws Exception {
        boolean same = false;
        while (!same) {
            same = activator(BundleLoader.of(Way.ARRAY, jar)).call().equals(expected);
        }
        return same;
    }

    /** The bundle's class is there before the agent, and uses the API afterwards. */
    private static void late(String jar, String agent) throws Exception {
        BundleLoader loader = BundleLoader.of(Way.ARRAY, jar);
        Callable<String> activator = activator(loader);
        VirtualMachine self =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        self.loadAgent(agent);
        self.detach();
        System.out.println("late=" + activator.call());
    }
}
