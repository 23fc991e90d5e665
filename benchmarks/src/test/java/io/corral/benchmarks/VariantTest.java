package io.corral.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VariantTest {

    private final Jars jars = new Jars(
            Path.of("agent.jar"), Path.of("empty.jar"), Path.of("switch.jar"), Path.of("e.jar"));

    /** It is to find Corral's hooks in the boot loader, so it comes behind. */
    @Test
    void whatSwitchesComesBehindCorral() {
        assertThat(Variant.SWITCHED_OFF.flags(jars))
                .startsWith(Variant.EXACT.flags(jars).toArray(new String[0]))
                .endsWith("-javaagent:switch.jar");
    }

    @Test
    void basesHaveNothingOfCorrals() {
        assertThat(Variant.BARE.flags(jars)).isEmpty();
        assertThat(Variant.EMPTY.flags(jars)).containsExactly("-javaagent:empty.jar");
    }

    /** Else what it costs to be switched off would be in a row that says what Corral costs. */
    @Test
    void whatIsSwitchedOffIsNoneOfCorrals() {
        assertThat(Variant.CORRAL).containsExactly(Variant.EXACT, Variant.ADAPTIVE);
        assertThat(Variant.CORRAL_AND_BASES).doesNotContain(Variant.SWITCHED_OFF);
    }
}
