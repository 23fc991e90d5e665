package io.corral;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubsystemNameTest {

    private static final class AtMostFifty implements Subsystem {}

    @Test
    void nameOfANamedClassIsItsSimpleName() {
        assertThat(new AtMostFifty().name()).isEqualTo("AtMostFifty");
    }

    @Test
    void nameOfAnAnonymousClassIsItsFullName() {
        Subsystem anonymous = new Subsystem() {};
        assertThat(anonymous.name()).isEqualTo(anonymous.getClass().getName()).contains("$");
    }
}
