package io.corral.integration.lateagent;

import com.sun.tools.attach.VirtualMachine;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;
import io.corral.integration.harness.ThreadKind;

/** Loads agents into its own JVM, before or after it has used the API. */
final class LateAgentProgram {

    private LateAgentProgram() {}

    /**
     * The arguments are {@code used} or {@code unused}, then the jars of the agents, which are
     * loaded in turn.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("used")) {
            WithApi.use();
        }
        VirtualMachine self =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        for (int i = 1; i < arguments.length; i++) {
            self.loadAgent(arguments[i]);
        }
        self.detach();
        WithApi.use();
        WithApi.report();
    }

    /** A separate class, so that the API is not loaded before it is used. */
    private static final class WithApi {

        static void use() {
            for (ThreadKind kind : ThreadKind.values()) {
                if (kind.isSupported()) {
                    Container here = Containers.at("/late");
                    Thread thread = kind.unstarted(() -> here.run(
                            () -> System.out.println(Containers.current().path())));
                    here.run(thread::start);
                    ThreadKind.join(thread);
                }
            }
        }

        static void report() {
            Usage usage = Containers.at("/late").usage();
            System.out.println("active=" + Containers.isActive());
            System.out.println("forks=" + usage.forks());
            System.out.println("exits=" + usage.exits());
            System.out.println("cpuKnown=" + Usage.isKnown(usage.cpuNanos()));
        }
    }
}
