package io.corral.agent.boot;

import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the agent changes of the JDK's modules. */
final class Modules {

    private Modules() {}

    /** Lets the agent's own code link to packages of {@code module}. */
    static void exportToAgent(Instrumentation instrumentation, Module module, String... packages) {
        Set<Module> agent = Set.of(Modules.class.getModule());
        Map<String, Set<Module>> exports = new HashMap<>();
        for (String name : packages) {
            exports.put(name, agent);
        }
        instrumentation.redefineModule(module, Set.of(), exports, Map.of(), Set.of(), Map.of());
    }

    /** Lets classes of {@code module} implement interfaces of the runtime. */
    static void readRuntime(Instrumentation instrumentation, Module module, Module runtime) {
        instrumentation.redefineModule(
                module, Set.of(runtime), Map.of(), Map.of(), Set.of(), Map.of());
    }
}
