package io.corral.rules.limits;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LimitOverrideTest {

    /** The class of a cause may be missing in the JVM of a client of the MBean. */
    @Test
    void errorOfALineHasNoCause() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitOverride.parse("/tenants/a requests.max x"))
                .withMessageContaining("requests.max is \"x\"")
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitOverride.reset("nope"))
                .withNoCause();
    }
}
