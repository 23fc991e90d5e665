package io.corral.benchmarks;

import java.nio.file.Path;

/**
 * What measured JVMs are started with.
 *
 * @param emptyAgent see {@link EmptyAgent}
 * @param switchAgent see {@link SwitchAgent}
 * @param examples the jar of the demo's service; what it needs lies beside it in {@code lib}
 */
public record Jars(Path agent, Path emptyAgent, Path switchAgent, Path examples) {

    /** The flag for rules that do what the filter of the demo's service does. */
    public String rulesFlag() {
        return "-Dcorral.rules=" + examples.resolveSibling("../demo.rules").normalize();
    }
}
