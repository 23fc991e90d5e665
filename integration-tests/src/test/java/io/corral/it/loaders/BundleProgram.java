package io.corral.it.loaders;

import com.sun.tools.attach.VirtualMachine;

import io.corral.it.loaders.BundleLoader.Definition;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Has bundles, and does not know the API: it may be called through a bundle alone. */
final class BundleProgram {

    private BundleProgram() {}

    /** What to do, the runtime's jar, and more. */
    public static void main(String[] arguments) throws Exception {
        String jar = arguments[1];
        switch (arguments[0]) {
            case "bundles" -> {
                for (int i = 2; i < arguments.length; i++) {
                    say(arguments[i], BundleLoader.of(Definition.valueOf(arguments[i]), jar));
                }
            }
            case "api-first" -> {
                BundleLoader loader = BundleLoader.of(Definition.ARRAY, jar);
                Class<?> api = Class.forName("io.corral.Containers", true, loader);
                System.out.println("first=" + api.getClassLoader());
                say("bundle", loader);
            }
            case "stubborn" -> {
                say("before", BundleLoader.of(Definition.ARRAY, jar));
                StubbornAgent.LET_GO.countDown();
                System.out.println("after=" + becomes(jar));
            }
            case "late" -> late(jar, arguments[2]);
            default -> throw new IllegalArgumentException(Arrays.toString(arguments));
        }
    }

    /** What a new bundle sees. */
    static String activate(String jar) throws Exception {
        return activator(BundleLoader.of(Definition.ARRAY, jar)).call();
    }

    private static void say(String name, BundleLoader loader) throws Exception {
        System.out.println(name + "=" + activator(loader).call());
    }

    @SuppressWarnings("unchecked")
    private static Callable<String> activator(BundleLoader loader)
            throws ReflectiveOperationException {
        return (Callable<String>) loader.loadClass("io.corral.it.loaders.BundleActivator")
                .getDeclaredConstructor()
                .newInstance();
    }

    /** What new bundles see at last, who don't wait. */
    private static String becomes(String jar) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String seen = activate(jar);
        while (!seen.startsWith("null ") && System.nanoTime() < end) {
            seen = activate(jar);
        }
        return seen;
    }

    /** The bundle's class is there before the agent, and uses the API afterwards. */
    private static void late(String jar, String agent) throws Exception {
        BundleLoader loader = BundleLoader.of(Definition.ARRAY, jar);
        Callable<String> activator = activator(loader);
        VirtualMachine self =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        self.loadAgent(agent);
        self.detach();
        System.out.println("late=" + activator.call());
    }
}
