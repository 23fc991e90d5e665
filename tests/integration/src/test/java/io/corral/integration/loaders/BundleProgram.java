package io.corral.integration.loaders;

import com.sun.tools.attach.VirtualMachine;

import io.corral.integration.loaders.BundleLoader.Definition;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Loads bundles. It does not link to the API itself, which only bundles call. */
final class BundleProgram {

    private BundleProgram() {}

    /** The arguments: the case to run, the runtime's jar, and arguments of the case. */
    public static void main(String[] arguments) throws Exception {
        String jar = arguments[1];
        switch (arguments[0]) {
            case "bundles" -> {
                for (int i = 2; i < arguments.length; i++) {
                    print(arguments[i], BundleLoader.of(Definition.valueOf(arguments[i]), jar));
                }
            }
            case "api-first" -> {
                BundleLoader loader = BundleLoader.of(Definition.ARRAY, jar);
                Class<?> api = Class.forName("io.corral.Containers", true, loader);
                System.out.println("first=" + api.getClassLoader());
                print("bundle", loader);
            }
            case "stubborn" -> {
                print("before", BundleLoader.of(Definition.ARRAY, jar));
                BlockingAgent.LET_GO.countDown();
                System.out.println("after=" + becomes(jar));
            }
            case "late" -> late(jar, arguments[2]);
            default -> throw new IllegalArgumentException(Arrays.toString(arguments));
        }
    }

    /** Returns what a new bundle sees. */
    static String activate(String jar) throws Exception {
        return activator(BundleLoader.of(Definition.ARRAY, jar)).call();
    }

    private static void print(String name, BundleLoader loader) throws Exception {
        System.out.println(name + "=" + activator(loader).call());
    }

    @SuppressWarnings("unchecked")
    private static Callable<String> activator(BundleLoader loader)
            throws ReflectiveOperationException {
        return (Callable<String>) loader.loadClass("io.corral.integration.loaders.BundleActivator")
                .getDeclaredConstructor()
                .newInstance();
    }

    /**
     * Returns what a new bundle sees once the weaving is over; earlier bundles do not wait for it.
     */
    private static String becomes(String jar) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String seen = activate(jar);
        while (!seen.startsWith("null ") && System.nanoTime() < end) {
            seen = activate(jar);
        }
        return seen;
    }

    /** The bundle's class is loaded before the agent, and uses the API after it. */
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
