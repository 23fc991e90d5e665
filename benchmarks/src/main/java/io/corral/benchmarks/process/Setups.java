package io.corral.benchmarks.process;

import io.corral.benchmarks.Jars;
import io.corral.benchmarks.SwitchAgent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Corral, its bases and its peers. */
final class Setups {

    private static final List<String> EXPORT_NOTHING = List.of(
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none");

    /** The demo's service without its filter. */
    private static final String UNFILTERED = "unfiltered";

    private final Jars jars;

    Setups(Jars jars) {
        this.jars = jars;
    }

    /** A service that has no filter: the demo's rules say where its requests belong, or nobody does where there is no Corral. */
    Setup byRules(Setup service) {
        List<String> flags = new ArrayList<>(service.flags());
        if (service.isCorral()) {
            flags.add(jars.rulesFlag());
        }
        String title = service.title() + (service.isCorral() ? ", by rules" : ", no filter");
        return new Setup(title, flags, service.isCorral(), List.of(UNFILTERED));
    }

    Setup bare() {
        return new Setup("no agent", List.of());
    }

    /** The base: any agent makes the JVM announce what virtual threads do. */
    Setup empty() {
        return empty("empty agent");
    }

    /** The same again: what chance alone makes of a ratio. */
    Setup twinOfEmpty() {
        return empty("empty agent's twin");
    }

    private Setup empty(String title) {
        return new Setup(title, List.of("-javaagent:" + jars.emptyAgent()));
    }

    List<Setup> corral() {
        return List.of(corral("exact"), corral("adaptive"));
    }

    private Setup corral(String clock) {
        String agent = "-javaagent:" + jars.agent() + "=clock=" + clock;
        return new Setup("Corral " + clock, List.of(agent), true);
    }

    /** With an agent that switches Corral's hooks and events off and on, while they are on. */
    Setup switchedOn(Setup corral) {
        return switchable(corral, "switched on", "");
    }

    /** The same JVM, while they are off. */
    Setup switchedOff(Setup corral) {
        return switchable(corral, "switched off", "");
    }

    /** With an agent that takes Corral's hooks out of the JDK's classes and puts them back, while they are there. */
    Setup woven(Setup corral) {
        return switchable(corral, "woven", "=" + SwitchAgent.UNWEAVING);
    }

    /** The same JVM, while they are not. */
    Setup unwoven(Setup corral) {
        return switchable(corral, "unwoven", "=" + SwitchAgent.UNWEAVING);
    }

    private Setup switchable(Setup corral, String state, String options) {
        List<String> flags = new ArrayList<>(corral.flags());
        flags.add("-javaagent:" + jars.switchAgent() + options);
        return corral.with(state, flags);
    }

    /** Corral and its bases. */
    List<Setup> own() {
        List<Setup> own = new ArrayList<>(List.of(bare(), empty()));
        own.addAll(corral());
        return own;
    }

    /** Corral's events as the agent's own settings have them. */
    Setup recorded(Setup corral) {
        return corral.recorded(jars.agent().resolveSibling("corral.jfc").toString());
    }

    List<Setup> peers() throws IOException {
        return List.of(transmittable(), openTelemetry());
    }

    Setup transmittable() throws IOException {
        return peer("transmittable-thread-local");
    }

    Setup openTelemetry() throws IOException {
        Setup peer = peer("opentelemetry-javaagent");
        List<String> flags = new ArrayList<>(peer.flags());
        flags.addAll(EXPORT_NOTHING);
        return new Setup(peer.title(), flags);
    }

    private static Setup peer(String name) throws IOException {
        Path jar = Built.peer(name);
        // With its version.
        String title = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        return new Setup(title, List.of("-javaagent:" + jar));
    }
}
