package io.corral.report.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StacksTest {

    @ParameterizedTest
    @CsvSource({
        "a.b.Crew$$Lambda$215.18179709, a.b.Crew$$Lambda",
        "a.b.Crew$$Lambda$14/0x00000008000c5440, a.b.Crew$$Lambda",
        "a.b.Crew$$Lambda.0x00007f2a1c0e8, a.b.Crew$$Lambda",
        "a.b.Crew$$Lambda+0x00007f94b421e220, a.b.Crew$$Lambda",
        "java.lang.invoke.LambdaForm$MH.0x00007f2a1c0e8000.0, java.lang.invoke.LambdaForm$MH",
        "a.b.Crew$$Lambda$512+0x00007f94b421e220.18179709, a.b.Crew$$Lambda",
        "a.b.Shop$1, a.b.Shop$1",
        "a.log4j2.Log4, a.log4j2.Log4"
    })
    void numbersOfHiddenClassesAreRemoved(String type, String expected) {
        assertThat(Stacks.withoutNumbers(type)).isEqualTo(expected);
    }
}
