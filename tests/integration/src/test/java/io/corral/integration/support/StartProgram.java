package io.corral.integration.support;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;

/**
 * An application that starts a thread of each kind, prints what it sees, and ends with its own exit
 * code.
 */
public final class StartProgram {

    public static final int EXIT_CODE = 7;

    private StartProgram() {}

    /** Uses the API only if the argument is {@code usage}. */
    public static void main(String[] arguments) {
        for (ThreadKind kind : ThreadKind.values()) {
            if (kind.isSupported()) {
                Thread thread = kind.unstarted(() -> System.out.println(kind + "=ran"));
                if (arguments.length == 0) {
                    thread.start();
                    ThreadKind.join(thread);
                } else {
                    WithApi.start(thread);
                }
            }
        }
        if (arguments.length > 0) {
            WithApi.report();
        }
        System.exit(EXIT_CODE);
    }

    /** A separate class, so that a JVM in which the API does not link can run the rest. */
    private static final class WithApi {

        private static final Container HERE = Containers.at("/start");

        static void start(Thread thread) {
            HERE.run(thread::start);
            ThreadKind.join(thread);
        }

        static void report() {
            Usage usage = HERE.usage();
            System.out.println("active=" + Containers.isActive());
            System.out.println("forks=" + usage.forks());
            System.out.println("exits=" + usage.exits());
            System.out.println("cpuKnown=" + Usage.isKnown(usage.cpuNanos()));
            System.out.println("allocationKnown=" + Usage.isKnown(usage.allocatedBytes()));
            System.out.println("internals=" + internals());
        }

        /** The number of the JDK's packages that are open to this application. */
        private static long internals() {
            Module jdk = Object.class.getModule();
            Module here = WithApi.class.getModule();
            return jdk.getPackages().stream()
                    .filter(name -> jdk.isOpen(name, here)
                            || (name.startsWith("jdk.internal.") && jdk.isExported(name, here)))
                    .count();
        }
    }
}
