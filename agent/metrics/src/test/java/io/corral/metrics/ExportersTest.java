package io.corral.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a line advises if the JVM lacks a module. */
class ExportersTest {

    private static final String SERVER = "jdk.httpserver";

    @Test
    void moduleThatTheJvmHasIsNoProblem() {
        assertThat(Exporters.whyAbsent(ModuleLayer.boot(), SERVER, "Prometheus"))
                .isNull();
    }

    @Test
    void moduleOfTheImageIsToBeAdded() {
        assertThat(Exporters.whyAbsent(ModuleLayer.empty(), SERVER, "Prometheus"))
                .isEqualTo("no metrics for Prometheus: this JVM has no module jdk.httpserver;"
                        + " start it with --add-modules jdk.httpserver");
    }

    /** With such a flag the JVM would not start. */
    @Test
    void moduleThatTheImageLacksIsToBeLinked() {
        assertThat(Exporters.whyAbsent(ModuleLayer.empty(), "no.such.module", "OTLP"))
                .isEqualTo("no metrics for OTLP: this Java image has no module no.such.module;"
                        + " link it with jlink --add-modules no.such.module");
    }
}
