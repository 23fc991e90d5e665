package io.corral.runtime.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingModuleTest {

    private static final String SERVER = "jdk.httpserver";

    @Test
    void moduleThatTheJvmHasNeedsNoAdvice() {
        assertThat(MissingModule.advice(ModuleLayer.boot(), SERVER)).isNull();
    }

    @Test
    void moduleOfTheImageIsToBeAdded() {
        assertThat(MissingModule.advice(ModuleLayer.empty(), SERVER))
                .isEqualTo("this JVM has no module jdk.httpserver; start it with --add-modules"
                        + " jdk.httpserver");
    }

    /** With such a flag the JVM would not start. */
    @Test
    void moduleThatTheImageLacksIsToBeLinked() {
        assertThat(MissingModule.advice(ModuleLayer.empty(), "no.such.module"))
                .isEqualTo("this Java image has no module no.such.module; link it with jlink"
                        + " --add-modules no.such.module");
    }
}
