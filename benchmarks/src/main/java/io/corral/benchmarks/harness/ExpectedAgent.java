package io.corral.benchmarks.harness;

import com.sun.tools.attach.VirtualMachine;

import io.corral.Containers;

import java.util.List;

/** Ends a measured JVM in which Corral is not active although it should be, or the reverse. */
public final class ExpectedAgent {

    private static final String PROPERTY = "corral.bench.active";

    /** The agent and its options, if this JVM is to load the agent itself. */
    private static final String ATTACHED = "corral.bench.attached";

    private ExpectedAgent() {}

    /** Options of a JVM that loads the agent in {@link #check()}. */
    static List<String> attached(String agent) {
        return List.of(
                "-D" + ATTACHED + "=" + agent,
                "-Djdk.attach.allowAttachSelf=true",
                "-XX:+EnableDynamicAgentLoading");
    }

    static String flag(boolean isActive) {
        return "-D" + PROPERTY + "=" + isActive;
    }

    /** @throws IllegalStateException if this JVM was not started as intended */
    public static synchronized void check() {
        String agent = System.clearProperty(ATTACHED);
        if (agent != null) {
            // Before the first use of the API, which would load the application's copy of it.
            attach(agent);
        }
        if (Boolean.getBoolean(PROPERTY) != Containers.isActive()) {
            throw new IllegalStateException("Corral is " + (Containers.isActive() ? "" : "not ")
                    + "active; expected the opposite");
        }
    }

    private static void attach(String agent) {
        int options = agent.indexOf('=');
        try {
            VirtualMachine self =
                    VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
            self.loadAgent(agent.substring(0, options), agent.substring(options + 1));
            self.detach();
        } catch (Exception failure) {
            throw new IllegalStateException("can't attach " + agent, failure);
        }
    }
}
