package io.corral.it.support;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.it.harness.ThreadKind;

/**
 * An application: starts a thread of each kind, says what it sees, and ends with a code of its own.
 */
public final class MannersProgram {

    public static final int EXIT_CODE = 7;

    private MannersProgram() {}

    /** With {@code usage} as its argument it uses the API, else it knows nothing of Corral. */
    public static void main(String[] arguments) {
        for (ThreadKind kind : ThreadKind.values()) {
            if (kind.isHere()) {
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

    /** Apart, so that a JVM in which the API does not link can run the rest. */
    private static final class WithApi {

        private static final Container HERE = Containers.at("/manners");

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

        /** How many of the JDK's own packages this application may use. */
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
